package dev.parley.chat;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody has begun to write in one place; {@link DraftService} writes it. */
@Entity
@Table(name = "draft")
class DraftRow {

    @EmbeddedId
    Key key;

    @Column(name = "room_id")
    UUID roomId;

    @Column(name = "thread_id")
    @Nullable
    UUID threadId;

    String text;

    @Column(name = "reply_to")
    @Nullable
    UUID replyTo;

    @Column(name = "updated_at")
    Instant updatedAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    DraftRow() {}

    /** @param placeId a thread, or the room itself */
    @Embeddable
    record Key(
            @Column(name = "user_id") UUID userId,
            @Column(name = "place_id") UUID placeId) {}
}
