package dev.parley.chat;

import dev.parley.users.ProfileChanged;
import dev.parley.users.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Who has just spoken in which room, and what they are called: who goes on speaking is not looked up for each message. A memory and no
 * right: whether they are in the room still is asked where it is written, under the room's lock.
 */
@ApplicationScoped
class Speakers {

    /** Another node does not learn that somebody has a new name, hence not for longer. */
    static final Duration FRESH = Duration.ofSeconds(10);

    /** Places remembered; beyond, all are forgotten rather than the memory filled. */
    static final int MOST = 10_000;

    private record Place(UUID roomId, UUID userId) {}

    private record Known(User user, long since) {}

    private final Map<Place, Known> known = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** For the container. */
    Speakers() {
        this(System::nanoTime);
    }

    Speakers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void remember(UUID roomId, Collection<User> members) {
        long now = nanoTime.getAsLong();
        if (known.size() + members.size() > MOST) {
            known.clear();
        }
        members.forEach(user -> known.put(new Place(roomId, user.id()), new Known(user, now)));
    }

    /** The senders, by id; empty unless all of them are known. */
    Optional<Map<UUID, User>> of(UUID roomId, List<Post> posts) {
        long now = nanoTime.getAsLong();
        Map<UUID, User> senders = new HashMap<>();
        for (Post post : posts) {
            UUID userId = post.caller().userId();
            Known one = known.get(new Place(roomId, userId));
            if (one == null || now - one.since > FRESH.toNanos()) {
                return Optional.empty();
            }
            senders.put(userId, one.user);
        }
        return Optional.of(senders);
    }

    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ProfileChanged change) {
        known.keySet().removeIf(place -> place.userId().equals(change.user().id()));
    }
}
