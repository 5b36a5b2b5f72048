package dev.parley.web.realtime;

import dev.parley.presence.SharedRooms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many members rooms have, to a minute: for what is worth no look into the database each time. */
@ApplicationScoped
class RoomSizes {

    private static final Duration FRESH = Duration.ofMinutes(1);

    /** Rooms remembered; beyond, all are forgotten rather than the memory filled. */
    private static final int ROOMS = 10_000;

    private record Size(long members, Instant at) {}

    private final Map<UUID, Size> known = new ConcurrentHashMap<>();

    private ToLongFunction<UUID> count;
    private Clock clock;
    private int most;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway.Init")
    RoomSizes() {}

    @Inject
    RoomSizes(
            SharedRooms rooms,
            Clock clock,
            @ConfigProperty(name = "parley.typing.members", defaultValue = "200") int most) {
        this(rooms::sizeOf, clock, most);
    }

    RoomSizes(ToLongFunction<UUID> count, Clock clock, int most) {
        this.count = count;
        this.clock = clock;
        this.most = most;
    }

    /** Whether a room has more members than {@code parley.typing.members} (200): nobody follows who types there. */
    boolean crowded(UUID roomId) {
        return of(roomId) > most;
    }

    private long of(UUID roomId) {
        Instant now = clock.instant();
        Size size = known.get(roomId);
        if (size == null || size.at().plus(FRESH).isBefore(now)) {
            size = new Size(count.applyAsLong(roomId), now);
            if (known.size() >= ROOMS) {
                known.clear();
            }
            known.put(roomId, size);
        }
        return size.members();
    }
}
