package dev.parley.chat;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;

/** One person in one thread; {@link Threads} writes it. */
@Entity
@Table(name = "thread_follower")
class FollowerRow {

    @EmbeddedId
    Key key;

    @Column(name = "room_id", updatable = false)
    UUID roomId;

    boolean following;

    @Column(name = "read_seq")
    long readSeq;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    FollowerRow() {}

    @Embeddable
    record Key(
            @Column(name = "thread_id") UUID threadId,
            @Column(name = "user_id") UUID userId) {}
}
