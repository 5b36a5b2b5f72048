package dev.parley.chat;

import dev.parley.chat.HistoryService.Window;
import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Threads: what was replied to one message, and how far each has read it. */
@Stateless
public class ThreadService {

    private static final int MAX_LISTED = 50;

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Rooms rooms;

    @Inject
    Messages messages;

    @Inject
    Threads threads;

    @Inject
    Event<ChatFact> facts;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public ThreadService() {}

    /** A thread as the caller sees it; the wire's shape. */
    public record Seen(Message root, ThreadPlace place) {}

    /** @param more whether there are older ones */
    public record Listing(List<Seen> threads, boolean more) {

        public Listing {
            threads = List.copyOf(threads);
        }
    }

    /** @param more whether there are others in that direction */
    public record Page(Message root, ThreadPlace place, List<Message> messages, boolean more) {

        public Page {
            messages = List.copyOf(messages);
        }
    }

    /** The replies of a thread, oldest first; without a position the newest ones. A message without replies has none. */
    @RateLimited(Limit.READ)
    public Page page(Caller caller, UUID threadId, Window window) {
        MessageRow root = root(caller, threadId);
        int limit = window.limit();
        boolean forwards = window.afterSeq() != null;
        List<MessageRow> found = entities.createQuery(
                        forwards
                                ? "select m from MessageRow m where m.threadId = :thread and m.seq > :seq order by m.seq"
                                : "select m from MessageRow m where m.threadId = :thread and m.seq < :seq order by m.seq desc",
                        MessageRow.class)
                .setParameter("thread", threadId)
                .setParameter("seq", from(window))
                .setMaxResults(limit + 1)
                .getResultList();
        List<MessageRow> wanted = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                messages.shown(root),
                threads.place(threadId, caller.userId()),
                messages.shown(forwards ? wanted : wanted.reversed()),
                found.size() > limit);
    }

    private static long from(Window window) {
        if (window.aroundSeq() != null) {
            throw Problem.invalid("A thread is read before or after a seq, not around it.");
        }
        Long after = window.afterSeq();
        Long before = window.beforeSeq();
        return after != null ? after : before != null ? before : Long.MAX_VALUE;
    }

    /**
     * The threads that the caller follows, the one with the latest reply first.
     *
     * @param before only those whose latest reply is older
     */
    @RateLimited(Limit.READ)
    public Listing mine(Caller caller, @Nullable Instant before, int limit) {
        int most = Math.clamp(limit, 1, MAX_LISTED);
        List<MessageRow> found = entities.createQuery("""
                        select t from MessageRow t join FollowerRow f on f.key.threadId = t.id
                        join MemberRow p on p.key.roomId = t.roomId and p.key.userId = f.key.userId
                        join RoomRow r on r.id = t.roomId
                        where f.key.userId = :caller and f.following = true and r.closedAt is null
                          and t.lastReplyAt is not null and t.lastReplyAt < :before
                        order by t.lastReplyAt desc, t.id desc""", MessageRow.class)
                .setParameter("caller", caller.userId())
                .setParameter("before", before == null ? LATEST : before)
                .setMaxResults(most + 1)
                .getResultList();
        List<MessageRow> wanted = found.subList(0, Math.min(most, found.size()));
        List<Message> roots = messages.shown(wanted);
        return new Listing(
                roots.stream()
                        .map(root -> new Seen(root, threads.place(root.id(), caller.userId())))
                        .toList(),
                found.size() > most);
    }

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** Follows a thread, or has enough of it. */
    public ThreadPlace follow(Caller caller, UUID threadId, boolean on) {
        MessageRow root = root(caller, threadId);
        threads.follow(root, caller.userId(), root.lastReplySeq == null ? root.seq : root.lastReplySeq, on);
        FollowerRow row = locked(threadId, caller.userId());
        row.following = on;
        return told(caller, threadId);
    }

    /**
     * Sets up to where the caller has read a thread, forward or back; the room's mark stays where it is.
     *
     * @param seq more than there is means everything
     */
    public ThreadPlace markRead(Caller caller, UUID threadId, long seq) {
        if (seq < 0) {
            throw Problem.invalid("seq counts from 0, not from " + seq + ".");
        }
        MessageRow root = root(caller, threadId);
        long lastSeq = rooms.lastSeqFor(root.roomId, caller.userId()).orElseThrow(() -> Problem.notFound("message"));
        if (entities.find(FollowerRow.class, new FollowerRow.Key(threadId, caller.userId())) == null) {
            // who reads without following has nothing that could be unread
            return threads.place(threadId, caller.userId());
        }
        FollowerRow row = locked(threadId, caller.userId());
        row.readSeq = Math.min(seq, lastSeq);
        return told(caller, threadId);
    }

    private ThreadPlace told(Caller caller, UUID threadId) {
        ThreadPlace place = threads.place(threadId, caller.userId());
        facts.fire(new ChatFact.ThreadPlaced(place.roomId(), caller.userId(), place));
        return place;
    }

    /** So that two devices' marks are told in the order in which they were made. */
    private FollowerRow locked(UUID threadId, UUID userId) {
        FollowerRow row = entities.find(FollowerRow.class, new FollowerRow.Key(threadId, userId));
        entities.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        return row;
    }

    private MessageRow root(Caller caller, UUID threadId) {
        MessageRow root = entities.find(MessageRow.class, threadId);
        if (root == null || root.threadId != null || !rooms.isMember(root.roomId, caller.userId())) {
            throw Problem.notFound("message");
        }
        return root;
    }
}
