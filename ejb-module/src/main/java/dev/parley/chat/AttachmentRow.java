package dev.parley.chat;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What a message of kind media shows. */
@Entity
@Table(name = "attachment")
class AttachmentRow {

    @Id
    @Column(name = "message_id")
    UUID messageId;

    @Column(name = "media_id", updatable = false)
    UUID mediaId;

    @Column(name = "file_name", updatable = false)
    String fileName;

    @Column(name = "content_type", updatable = false)
    String contentType;

    @Column(updatable = false)
    long size;

    @Nullable
    Integer width;

    @Nullable
    Integer height;

    @Column(name = "duration_ms")
    @Nullable
    Long durationMs;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    Media.State state;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    AttachmentRow() {}

    AttachmentRow(UUID messageId, Media media) {
        this.messageId = messageId;
        this.mediaId = media.id();
        this.fileName = media.fileName();
        this.contentType = media.contentType();
        this.size = media.size();
        this.width = media.width();
        this.height = media.height();
        this.durationMs = media.durationMs();
        this.state = media.state();
    }

    Media shown() {
        return Media.of(mediaId, fileName, contentType, size, width, height, durationMs, state);
    }
}
