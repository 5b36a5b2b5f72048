package dev.parley.chat;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What is the same of a room for all its people. */
@Entity
@Table(name = "room")
class RoomRow {

    @Id
    UUID id;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    Room.Kind kind;

    String name;

    @Nullable
    String topic;

    /** Counted on by {@link Rooms#counted} alone. */
    @Column(name = "last_seq", updatable = false)
    long lastSeq;

    @Column(name = "direct_key", updatable = false)
    @Nullable
    String directKey;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    /** Since when it can only be read. */
    @Column(name = "archived_at")
    @Nullable
    Instant archivedAt;

    /** Since when nobody sees it any more. */
    @Column(name = "closed_at")
    @Nullable
    Instant closedAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    RoomRow() {}

    RoomRow(UUID id, Room.Kind kind, String name, @Nullable String topic, Instant createdAt) {
        this.id = id;
        this.kind = kind;
        this.name = name;
        this.topic = topic;
        this.createdAt = createdAt;
    }
}
