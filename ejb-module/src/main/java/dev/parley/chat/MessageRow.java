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

/** A message; {@link Messages#insert} writes it, Hibernate reads and changes it. */
@Entity
@Table(name = "message")
class MessageRow {

    @Id
    UUID id;

    @Column(name = "room_id", updatable = false)
    UUID roomId;

    @Column(updatable = false)
    long seq;

    @Column(name = "sender_id", updatable = false)
    UUID senderId;

    @Column(name = "client_id", updatable = false)
    UUID clientId;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    @Column(updatable = false)
    Message.Kind kind;

    String text;

    @Column(name = "reply_to", updatable = false)
    @Nullable
    UUID replyTo;

    /** The message that began the thread in which this one is said. */
    @Column(name = "thread_id", updatable = false)
    @Nullable
    UUID threadId;

    @Column(name = "reply_count")
    int replyCount;

    @Column(name = "last_reply_seq")
    @Nullable
    Long lastReplySeq;

    @Column(name = "last_reply_at")
    @Nullable
    Instant lastReplyAt;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    Message.@Nullable Everyone everyone;

    @Column(name = "sent_at", updatable = false)
    Instant sentAt;

    @Column(name = "edited_at")
    @Nullable
    Instant editedAt;

    @Column(name = "deleted_at")
    @Nullable
    Instant deletedAt;

    @Column(name = "changed_seq")
    long changedSeq;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    MessageRow() {}

    /** Of what it began, if anybody has replied. */
    Message.@Nullable Replies replies() {
        return lastReplySeq == null || lastReplyAt == null
                ? null
                : new Message.Replies(replyCount, lastReplySeq, lastReplyAt);
    }
}
