package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** Keeps what people have begun to write, one text for each room and each thread, the same on all their devices. */
@Stateless
public class DraftService {

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Rooms rooms;

    @Inject
    Messages messages;

    @Inject
    Threads threads;

    @Inject
    Clock clock;

    @Inject
    Event<ChatFact> facts;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public DraftService() {}

    /**
     * What somebody has begun to write; the wire's shape.
     *
     * @param text empty when there is none any more
     */
    public record Kept(
            UUID roomId,
            @Nullable UUID threadId,
            String text,
            @Nullable UUID replyTo,
            Instant updatedAt) {}

    /** Keeps a text in the place of what was there; the later one wins. An empty one is forgotten. */
    public Kept keep(Caller caller, UUID roomId, @Nullable UUID threadId, String text, @Nullable UUID replyTo) {
        Draft.checked(text);
        if (!rooms.isMember(roomId, caller.userId())) {
            throw Problem.notFound("room");
        }
        if (threadId != null) {
            threads.requireRoot(threadId, roomId);
        }
        if (replyTo != null && !messages.roomOf(replyTo).filter(roomId::equals).isPresent()) {
            throw Problem.invalid("replyTo is no message of this room.");
        }
        Kept kept = new Kept(roomId, threadId, text, text.isEmpty() ? null : replyTo, clock.instant());
        UUID place = threadId == null ? roomId : threadId;
        if (text.isEmpty()) {
            entities.createQuery("delete from DraftRow d where d.key.userId = :user and d.key.placeId = :place")
                    .setParameter("user", caller.userId())
                    .setParameter("place", place)
                    .executeUpdate();
        } else {
            insert(caller.userId(), place, kept);
            // the row's lock makes that two devices' drafts are told in the order in which they were kept
            entities.createQuery("""
                            update DraftRow d set d.text = :text, d.replyTo = :replyTo, d.updatedAt = :now
                            where d.key.userId = :user and d.key.placeId = :place""")
                    .setParameter("text", text)
                    .setParameter("replyTo", replyTo)
                    .setParameter("now", kept.updatedAt)
                    .setParameter("user", caller.userId())
                    .setParameter("place", place)
                    .executeUpdate();
        }
        facts.fire(new ChatFact.DraftKept(roomId, caller.userId(), kept));
        return kept;
    }

    private void insert(UUID userId, UUID place, Kept kept) {
        NativeQuery<?> insert = entities.createNativeQuery("""
                        insert into draft (user_id, place_id, room_id, thread_id, text, updated_at)
                        values (:user, :place, :room, cast(:thread as uuid), '', :now) on conflict do nothing""").unwrap(NativeQuery.class);
        insert.setParameter("user", userId)
                .setParameter("place", place)
                .setParameter("room", kept.roomId)
                .setParameter("thread", kept.threadId, UUID.class)
                .setParameter("now", kept.updatedAt)
                .executeUpdate();
    }

    /** The caller's drafts in rooms that they are still in. */
    public List<Kept> draftsOf(Caller caller) {
        return entities.createQuery("""
                        select d from DraftRow d join RoomRow r on r.id = d.roomId
                        join MemberRow p on p.key.roomId = d.roomId and p.key.userId = d.key.userId
                        where d.key.userId = :caller and r.closedAt is null order by d.updatedAt desc""", DraftRow.class)
                .setParameter("caller", caller.userId())
                .getResultStream()
                .map(row -> new Kept(row.roomId, row.threadId, row.text, row.replyTo, row.updatedAt))
                .toList();
    }
}
