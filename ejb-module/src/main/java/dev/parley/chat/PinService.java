package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Messages that a room keeps in view; whoever may write there may pin. */
@Stateless
public class PinService {

    /** Pinned messages of one room. */
    public static final int MAX_PINS = 100;

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Rooms rooms;

    @Inject
    Changes changes;

    @Inject
    Messages messages;

    @Inject
    Clock clock;

    @Inject
    Event<ChatFact> facts;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public PinService() {}

    /**
     * Pins a message or takes it down. Again is no error.
     *
     * @throws Problem {@code conflict} for more than {@link #MAX_PINS} in one room
     */
    public Message pin(Caller caller, UUID messageId, boolean on) {
        Changes.Change change = changes.of(caller, messageId);
        PinRow present = entities.find(PinRow.class, messageId);
        if ((present != null) == on) {
            return messages.shown(change.message());
        }
        if (present != null) {
            entities.remove(present);
        } else {
            requireSpace(change.room().id);
            entities.persist(new PinRow(change.message(), caller.userId(), clock.instant()));
        }
        change.noted();
        Message message = messages.shown(change.message());
        facts.fire(new ChatFact.MessagePinned(message.roomId(), message));
        return message;
    }

    private void requireSpace(UUID roomId) {
        long pins = entities.createQuery("select count(*) from PinRow p where p.roomId = :room", Long.class)
                .setParameter("room", roomId)
                .getSingleResult();
        if (pins >= MAX_PINS) {
            throw Problem.of(
                    Code.CONFLICT, "A room has at most " + MAX_PINS + " pinned messages.", Map.of("limit", MAX_PINS));
        }
    }

    /** What is pinned in a room, the latest first. */
    @RateLimited(Limit.READ)
    public List<Message> pins(Caller caller, UUID roomId) {
        if (!rooms.isMember(roomId, caller.userId())) {
            throw Problem.notFound("room");
        }
        return messages.shown(entities.createQuery("""
                        select m from MessageRow m join PinRow p on p.messageId = m.id
                        where p.roomId = :room order by p.pinnedAt desc, p.messageId""", MessageRow.class)
                .setParameter("room", roomId)
                .getResultList());
    }
}
