package dev.parley.chat;

import dev.parley.problem.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.query.NativeQuery;

/** What hangs together with the message that began a thread. */
@Dependent
class Threads {

    /** Replies of others behind somebody's mark in their threads. */
    static final String UNREAD = """
            (select count(*) from MessageRow m join FollowerRow f on f.key.threadId = m.threadId
                where m.seq > f.readSeq and m.senderId <> f.key.userId and m.deletedAt is null""";

    static final String MENTIONED = " and (m.everyone = EVERYBODY"
            + " or exists (select 1 from MentionRow n where n.key.messageId = m.id and n.key.userId = f.key.userId))";

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Event<ChatFact> facts;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Threads() {}

    /** {@code invalid} unless it is a message of that room and no reply itself. */
    void requireRoot(UUID threadId, UUID roomId) {
        long found = entities.createQuery(
                        "select count(*) from MessageRow m where m.id = :id and m.roomId = :room and m.threadId is null",
                        Long.class)
                .setParameter("id", threadId)
                .setParameter("room", roomId)
                .getSingleResult();
        if (found == 0) {
            throw Problem.invalid("threadId is no message of this room that can begin a thread.");
        }
    }

    /**
     * Under the room's lock, when the message has been written. Who speaks, is named, or began the thread and is
     * still in the room follows it.
     */
    void replied(Message message, UUID threadId) {
        MessageRow root = entities.find(MessageRow.class, threadId);
        root.replyCount++;
        root.lastReplySeq = message.seq();
        root.lastReplyAt = message.sentAt();
        root.changedSeq = message.seq();
        Set<UUID> joined = new HashSet<>();
        boolean stillThere = entities.find(MemberRow.class, new MemberRow.Key(root.roomId, root.senderId)) != null;
        if (stillThere && follow(root, root.senderId, root.seq, false)) {
            joined.add(root.senderId);
        }
        if (follow(root, message.sender().id(), message.seq(), true)) {
            joined.add(message.sender().id());
        }
        message.mentions().stream()
                .filter(userId -> follow(root, userId, message.seq() - 1, true))
                .forEach(joined::add);
        told(root);
        if (!joined.isEmpty()) {
            facts.fire(new ChatFact.ThreadFollowed(root.roomId, root.id, joined));
        }
    }

    /** Under the room's lock, when a reply has been deleted. */
    void lost(MessageRow reply, long lastSeq) {
        if (reply.threadId != null) {
            MessageRow root = entities.find(MessageRow.class, reply.threadId);
            root.replyCount--;
            root.changedSeq = lastSeq;
            told(root);
        }
    }

    private void told(MessageRow root) {
        Optional.ofNullable(root.replies())
                .ifPresent(replies -> facts.fire(new ChatFact.ThreadChanged(root.roomId, root.id, replies)));
    }

    /**
     * Makes somebody follow a thread.
     *
     * @param anew also when they had enough of it once
     * @return whether they did not follow it before
     */
    boolean follow(MessageRow root, UUID userId, long readSeq, boolean anew) {
        NativeQuery<?> insert = entities.createNativeQuery("""
                        insert into thread_follower (thread_id, user_id, room_id, following, read_seq)
                        values (:thread, :user, :room, true, :seq) on conflict do nothing""").unwrap(NativeQuery.class);
        boolean isNew = insert.setParameter("thread", root.id)
                        .setParameter("user", userId)
                        .setParameter("room", root.roomId)
                        .setParameter("seq", readSeq)
                        .executeUpdate()
                == 1;
        return isNew
                || (anew
                        && entities.createQuery("""
                                update FollowerRow f set f.following = true
                                where f.key.threadId = :thread and f.key.userId = :user and f.following = false""")
                                        .setParameter("thread", root.id)
                                        .setParameter("user", userId)
                                        .executeUpdate()
                                == 1);
    }

    /** How somebody stands to a thread that is there; read in one statement, as the counters of rooms are. */
    ThreadPlace place(UUID threadId, UUID userId) {
        Tuple row = entities.createQuery(
                        "select t.roomId as room, r.lastSeq as newest, p.following as followed, p.readSeq as mark, "
                                + UNREAD + MINE + ") as unread, " + UNREAD + MINE + MENTIONED + ") as mentions "
                                + "from MessageRow t join RoomRow r on r.id = t.roomId "
                                + "left join FollowerRow p on p.key.threadId = t.id and p.key.userId = :user "
                                + "where t.id = :thread",
                        Tuple.class)
                .setParameter("user", userId)
                .setParameter("thread", threadId)
                .getSingleResult();
        Boolean following = row.get("followed", Boolean.class);
        Long mark = row.get("mark", Long.class);
        return new ThreadPlace(
                threadId,
                row.get("room", UUID.class),
                following != null && following,
                mark == null ? 0 : mark,
                row.get("unread", Long.class),
                row.get("mentions", Long.class),
                row.get("newest", Long.class));
    }

    private static final String MINE = " and f.key.threadId = t.id and f.key.userId = :user and m.seq <= r.lastSeq";
}
