package dev.parley.chat;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What a message said before it was edited. */
@Entity
@Table(name = "message_revision")
class RevisionRow {

    @EmbeddedId
    Key key;

    String text;

    @Column(name = "written_at")
    Instant writtenAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    RevisionRow() {}

    RevisionRow(MessageRow message, int revision) {
        this.key = new Key(message.id, revision);
        this.text = message.text;
        this.writtenAt = message.editedAt == null ? message.sentAt : message.editedAt;
    }

    @Embeddable
    record Key(@Column(name = "message_id") UUID messageId, int revision) {}
}
