package dev.parley.web.realtime;

import dev.parley.presence.PresenceService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToIntFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many sockets a person may have. Presence knows those that are connected; between being let in and being connected a socket
 * holds a reservation here, so that many at once do not slip through together.
 */
@ApplicationScoped
class Seats {

    /** Longer than a CONNECT may take; a socket that never connected frees its seat so. */
    private static final Duration HELD = Duration.ofSeconds(15);

    private final ConcurrentMap<UUID, Map<String, Instant>> reserved = new ConcurrentHashMap<>();

    private ToIntFunction<UUID> connected;
    private Clock clock;
    private int most;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway.Init")
    Seats() {}

    @Inject
    Seats(
            PresenceService presence,
            Clock clock,
            @ConfigProperty(name = "parley.limits.connections", defaultValue = "10") int most) {
        this(presence::connections, clock, most);
    }

    Seats(ToIntFunction<UUID> connected, Clock clock, int most) {
        this.connected = connected;
        this.clock = clock;
        this.most = most;
    }

    /** @return whether there was a seat left */
    boolean reserve(UUID userId, String socketId) {
        Instant now = clock.instant();
        boolean[] free = {false};
        reserved.compute(userId, (id, known) -> {
            Map<String, Instant> held = held(known, now);
            // asked under the lock of this person's entry: the one before has either its seat or its lease
            free[0] = held.size() + connected.applyAsInt(userId) < most;
            if (free[0]) {
                held.put(socketId, now.plus(HELD));
            }
            return held.isEmpty() ? null : held;
        });
        return free[0];
    }

    /** The socket is connected, and counted elsewhere, or gone. */
    void taken(UUID userId, String socketId) {
        Instant now = clock.instant();
        reserved.computeIfPresent(userId, (id, known) -> {
            Map<String, Instant> held = held(known, now);
            held.remove(socketId);
            return held.isEmpty() ? null : held;
        });
    }

    private static Map<String, Instant> held(
            @org.jspecify.annotations.Nullable Map<String, Instant> known, Instant now) {
        Map<String, Instant> held = known == null ? new HashMap<>() : new HashMap<>(known);
        held.values().removeIf(until -> !until.isAfter(now));
        return held;
    }
}
