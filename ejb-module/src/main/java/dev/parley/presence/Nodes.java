package dev.parley.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which nodes live: each changes its own entry of the replicated map again and again, and the others watch it change. They measure
 * that with their own clocks, so that clocks need not agree. An id is a start's, not a machine's: whoever restarts is another.
 */
final class Nodes {

    private static final String KEY = "node ";

    private final String own = UUID.randomUUID().toString();
    private final ConcurrentMap<String, String> map;
    private final Duration lease;
    private volatile Map<String, Beat> seen = Map.of();
    private final AtomicLong beats = new AtomicLong();

    private record Beat(String value, Instant seenAt) {

        /** One that was seen later than now was seen before the clock was set back. */
        boolean isStill(String now, Instant at) {
            return value.equals(now) && !seenAt.isAfter(at);
        }
    }

    Nodes(ConcurrentMap<String, String> map, Duration lease) {
        this.map = map;
        this.lease = lease;
    }

    private static boolean isNode(String key) {
        return key.startsWith(KEY);
    }

    String own() {
        return own;
    }

    void beat() {
        map.put(KEY + own, Long.toString(beats.incrementAndGet()));
    }

    /** Says goodbye: the others need not wait. */
    void leave() {
        map.remove(KEY + own);
    }

    /** Looks at the others' entries; forgets those that no longer change. */
    void watch(Instant now) {
        Map<String, Beat> before = seen;
        Map<String, Beat> alive = new HashMap<>();
        map.forEach((key, value) -> {
            if (isNode(key)) {
                Beat last = before.get(key);
                Beat beat = last != null && last.isStill(value, now) ? last : new Beat(value, now);
                if (now.isBefore(beat.seenAt().plus(lease)) || key.equals(KEY + own)) {
                    alive.put(key, beat);
                } else {
                    map.remove(key, value);
                }
            }
        });
        seen = Map.copyOf(alive);
    }

    /** As of the last {@link #watch}. */
    boolean dead(String node) {
        return !node.equals(own) && !seen.containsKey(KEY + node);
    }
}
