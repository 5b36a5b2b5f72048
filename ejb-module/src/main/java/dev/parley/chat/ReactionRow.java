package dev.parley.chat;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One emoji of one person on one message. */
@Entity
@Table(name = "reaction")
class ReactionRow {

    @EmbeddedId
    Key key;

    @Column(name = "reacted_at", updatable = false)
    Instant reactedAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    ReactionRow() {}

    ReactionRow(Key key, Instant reactedAt) {
        this.key = key;
        this.reactedAt = reactedAt;
    }

    @Embeddable
    record Key(
            @Column(name = "message_id") UUID messageId,
            @Column(name = "emoji") String emoji,
            @Column(name = "user_id") UUID userId) {}
}
