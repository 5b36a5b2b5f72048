package dev.parley.ratelimit;

import dev.parley.cluster.Clocks;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;

/**
 * Token buckets in a map, one number each: the time at which the bucket would be full again (the generic cell rate algorithm of
 * ITU-T I.371). An entry whose time has passed says the same as no entry, so nothing but memory is lost when one is removed.
 */
final class Buckets {

    /** Others won the same bucket so often in a row: they cannot all have been within its limit. */
    private static final int ATTEMPTS = 50;

    private static final long SKEW_MICROS = Clocks.SKEW.toMillis() * 1000;

    private final ConcurrentMap<String, String> fullAt;

    Buckets(ConcurrentMap<String, String> fullAt) {
        this.fullAt = fullAt;
    }

    /** @return zero when a permit was taken, else the time until the next one; then nothing was taken */
    Duration take(String key, Rate rate, long nowMicros) {
        long interval = Math.max(1, rate.interval().toNanos() / 1000);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String before = fullAt.get(key);
            long fullAtBefore = before == null ? 0 : Long.parseLong(before);
            // nobody waits until a clock that was set back has caught up
            boolean impossible = fullAtBefore > nowMicros + rate.burst() * interval + SKEW_MICROS;
            long after = Math.max(impossible ? 0 : fullAtBefore, nowMicros) + interval;
            long wait = after - rate.burst() * interval - nowMicros;
            if (wait > 0) {
                return Duration.ofMillis(Math.max(1, Math.ceilDiv(wait, 1000)));
            }
            String text = Long.toString(after);
            if (before == null ? fullAt.putIfAbsent(key, text) == null : fullAt.replace(key, before, text)) {
                return Duration.ZERO;
            }
        }
        return rate.interval().plusMillis(1);
    }

    /** Removes buckets that are full again. */
    void sweep(long nowMicros) {
        fullAt.entrySet().removeIf(entry -> Long.parseLong(entry.getValue()) <= nowMicros);
    }

    int size() {
        return fullAt.size();
    }

    void clear() {
        fullAt.clear();
    }
}
