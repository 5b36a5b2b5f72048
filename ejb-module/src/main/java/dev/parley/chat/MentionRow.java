package dev.parley.chat;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;

/** A person whom a message names. */
@Entity
@Table(name = "message_mention")
class MentionRow {

    @EmbeddedId
    Key key;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    MentionRow() {}

    MentionRow(UUID messageId, UUID userId) {
        this.key = new Key(messageId, userId);
    }

    @Embeddable
    record Key(
            @Column(name = "message_id") UUID messageId,
            @Column(name = "user_id") UUID userId) {}
}
