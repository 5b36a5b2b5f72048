package dev.parley.chat;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One person in one room. */
@Entity
@Table(name = "room_member")
class MemberRow {

    @EmbeddedId
    Key key;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    Room.Role role;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    @Column(name = "notify")
    Room.Notify notices = Room.Notify.ALL;

    @Column(name = "read_seq")
    long readSeq;

    @Column(name = "joined_at", updatable = false)
    Instant joinedAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    MemberRow() {}

    /** Whoever joins has nothing to catch up with: what was said before is read. */
    MemberRow(RoomRow room, UUID userId, Room.Role role, Instant joinedAt) {
        this.key = new Key(room.id, userId);
        this.role = role;
        this.readSeq = room.lastSeq;
        this.joinedAt = joinedAt;
    }

    @Embeddable
    record Key(
            @Column(name = "room_id") UUID roomId,
            @Column(name = "user_id") UUID userId) {}
}
