package dev.parley.chat;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A message that is pinned to its room. */
@Entity
@Table(name = "pin")
class PinRow {

    @Id
    @Column(name = "message_id")
    UUID messageId;

    @Column(name = "room_id", updatable = false)
    UUID roomId;

    @Column(name = "pinned_by", updatable = false)
    UUID pinnedBy;

    @Column(name = "pinned_at", updatable = false)
    Instant pinnedAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    PinRow() {}

    PinRow(MessageRow message, UUID pinnedBy, Instant pinnedAt) {
        this.messageId = message.id;
        this.roomId = message.roomId;
        this.pinnedBy = pinnedBy;
        this.pinnedAt = pinnedAt;
    }
}
