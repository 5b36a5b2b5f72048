package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what was said: pages of a room, what a client has missed, one message. */
@Stateless
public class HistoryService {

    /** Messages of a room that one answer holds at most. */
    public static final int MAX_PAGE = 200;

    /** Rooms that one client catches up with at once. */
    public static final int MAX_CURSORS = 500;

    /** Beyond either, an answer to {@link #sync} says that there is more: it must fit into one frame of a slow line. */
    private static final int MAX_SYNCED = 1_000;

    private static final int MAX_SYNCED_TEXT = 400_000;

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Rooms rooms;

    @Inject
    RoomViews views;

    @Inject
    Messages messages;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public HistoryService() {}

    /** @param more whether there are others in that direction; around a message, in either */
    public record Page(List<Message> messages, boolean more) {

        public Page {
            messages = List.copyOf(messages);
        }
    }

    /** A client has everything of this room up to there. */
    public record Cursor(UUID roomId, long afterSeq) {

        public Cursor {
            counted("afterSeq", afterSeq);
        }
    }

    private static void counted(String name, @Nullable Long seq) {
        if (seq != null && seq < 0) {
            throw Problem.invalid("'" + name + "' counts from 0, not from " + seq + ".");
        }
    }

    /**
     * What a client has missed of one room; the wire's shape.
     *
     * @param room as the caller sees it now, whatever became of its name, its people and its counters; absent when removed
     * @param messages the next ones, oldest first
     * @param updated messages it has had that were edited, deleted or reacted to since then, or right before; oldest first
     * @param removed that the room is not the caller's any more, and nothing else
     * @param stale that more has changed than {@code updated} holds: what the client remembers of the room is to be read again
     * @param more whether to ask again behind the last of {@code messages}
     */
    public record Missed(
            UUID roomId,
            @Nullable Room room,
            List<Message> messages,
            List<Message> updated,
            boolean removed,
            boolean stale,
            boolean more) {

        public Missed {
            messages = List.copyOf(messages);
            updated = List.copyOf(updated);
        }
    }

    /** One message that the caller may see. */
    public Message message(Caller caller, UUID messageId) {
        return visible(caller, messageId).orElseThrow(() -> Problem.notFound("message"));
    }

    /** The same for who asks for something else that belongs to it, and does not exist in words of its own. */
    public Optional<Message> visible(Caller caller, UUID messageId) {
        return Optional.ofNullable(entities.find(MessageRow.class, messageId))
                .filter(row -> rooms.isMember(row.roomId, caller.userId()))
                .map(messages::shown);
    }

    /** A text that a message had; the wire's shape. */
    public record Revision(String text, Instant writtenAt) {}

    /** What a message said before, oldest first, where that is kept; its present text is not among it. */
    @RateLimited(Limit.READ)
    public List<Revision> revisions(Caller caller, UUID messageId) {
        message(caller, messageId);
        return entities.createQuery(
                        "select v from RevisionRow v where v.key.messageId = :id order by v.key.revision",
                        RevisionRow.class)
                .setParameter("id", messageId)
                .getResultStream()
                .map(row -> new Revision(row.text, row.writtenAt))
                .toList();
    }

    /**
     * Part of a room, oldest first; without a position its end.
     *
     * @param window at most one of its positions is set
     */
    @RateLimited(Limit.READ)
    public Page page(Caller caller, UUID roomId, Window window) {
        if (!rooms.isMember(roomId, caller.userId())) {
            throw Problem.notFound("room");
        }
        int limit = window.limit();
        if (window.afterSeq() != null) {
            return page(after(roomId, window.afterSeq(), limit + 1), limit, false);
        }
        if (window.aroundSeq() != null) {
            int before = limit / 2;
            int rest = limit - before;
            Page earlier = page(before(roomId, window.aroundSeq(), before + 1), before, true);
            Page later = page(after(roomId, window.aroundSeq() - 1, rest + 1), rest, false);
            return new Page(
                    Stream.concat(earlier.messages.stream(), later.messages.stream())
                            .toList(),
                    earlier.more || later.more);
        }
        long end = window.beforeSeq() == null ? Long.MAX_VALUE : window.beforeSeq();
        return page(before(roomId, end, limit + 1), limit, true);
    }

    /** Where to read: the limit is between 1 and {@link #MAX_PAGE}. */
    public record Window(
            @Nullable Long beforeSeq,
            @Nullable Long afterSeq,
            @Nullable Long aroundSeq,
            int limit) {

        public Window {
            if (Stream.of(beforeSeq != null, afterSeq != null, aroundSeq != null)
                            .filter(set -> set)
                            .count()
                    > 1) {
                throw Problem.invalid("Only one of beforeSeq, afterSeq and aroundSeq.");
            }
            counted("beforeSeq", beforeSeq);
            counted("afterSeq", afterSeq);
            counted("aroundSeq", aroundSeq);
            if (limit < 1) {
                throw Problem.invalid("limit is at least 1, not " + limit + ".");
            }
            limit = Math.min(limit, MAX_PAGE);
        }
    }

    /**
     * What a client has missed since it last heard of its rooms.
     *
     * <p>Each change of a message remembers the room's newest seq of its moment, so that "has seen the room up to n" tells what it
     * may not know: the messages behind n, and the changes made when n or more was the newest. A change made at exactly n may come a
     * second time.
     *
     * @param limit messages a room, at most {@link #MAX_PAGE}
     */
    @RateLimited(Limit.READ)
    public List<Missed> sync(Caller caller, List<Cursor> cursors, int limit) {
        if (cursors.size() > MAX_CURSORS) {
            throw Problem.invalid("At most " + MAX_CURSORS + " rooms at once, not " + cursors.size() + ".");
        }
        if (limit < 1) {
            throw Problem.invalid("limit is at least 1, not " + limit + ".");
        }
        if (cursors.isEmpty()) {
            return List.of();
        }
        Map<UUID, Room> seen =
                views.of(caller.userId(), cursors.stream().map(Cursor::roomId).collect(Collectors.toSet()));
        Budget budget = new Budget();
        return cursors.stream()
                .map(cursor -> missed(seen.get(cursor.roomId), cursor, Math.min(limit, MAX_PAGE), budget))
                .toList();
    }

    private Missed missed(@Nullable Room room, Cursor cursor, int limit, Budget budget) {
        if (room == null) {
            return new Missed(cursor.roomId, null, List.of(), List.of(), true, false, false);
        }
        List<MessageRow> next = after(cursor.roomId, cursor.afterSeq, limit + 1);
        List<MessageRow> affordable = budget.spend(next.subList(0, Math.min(next.size(), limit)));
        List<MessageRow> changed = changed(cursor);
        List<MessageRow> told = budget.spend(changed.subList(0, Math.min(changed.size(), MAX_PAGE)));
        return new Missed(
                cursor.roomId,
                room,
                messages.shown(affordable),
                messages.shown(told.reversed()),
                false,
                told.size() < changed.size(),
                next.size() > affordable.size());
    }

    /** What one answer may still hold. */
    private static final class Budget {

        private int count = MAX_SYNCED;
        private int text = MAX_SYNCED_TEXT;

        List<MessageRow> spend(List<MessageRow> rows) {
            List<MessageRow> affordable = new ArrayList<>();
            for (MessageRow row : rows) {
                if (count <= 0 || text <= 0) {
                    break;
                }
                count--;
                text -= row.text.length();
                affordable.add(row);
            }
            return affordable;
        }
    }

    /** The newest first, one more than is told. */
    private List<MessageRow> changed(Cursor cursor) {
        if (cursor.afterSeq < 1) {
            return List.of();
        }
        return entities.createQuery("""
                        select m from MessageRow m
                        where m.roomId = :room and m.changedSeq >= :seq and m.seq <= :seq order by m.seq desc""", MessageRow.class)
                .setParameter("room", cursor.roomId)
                .setParameter("seq", cursor.afterSeq)
                .setMaxResults(MAX_PAGE + 1)
                .getResultList();
    }

    private Page page(List<MessageRow> rows, int limit, boolean backwards) {
        boolean more = rows.size() > limit;
        List<MessageRow> wanted = more ? rows.subList(0, limit) : rows;
        return new Page(messages.shown(backwards ? wanted.reversed() : wanted), more);
    }

    private List<MessageRow> after(UUID roomId, long seq, int limit) {
        return rows(
                "select m from MessageRow m where m.roomId = :room and m.seq > :seq order by m.seq",
                roomId,
                seq,
                limit);
    }

    private List<MessageRow> before(UUID roomId, long seq, int limit) {
        return rows(
                "select m from MessageRow m where m.roomId = :room and m.seq < :seq order by m.seq desc",
                roomId,
                seq,
                limit);
    }

    private List<MessageRow> rows(String query, UUID roomId, long seq, int limit) {
        TypedQuery<MessageRow> rows = entities.createQuery(query, MessageRow.class)
                .setParameter("room", roomId)
                .setParameter("seq", seq)
                .setMaxResults(limit);
        return rows.getResultList();
    }
}
