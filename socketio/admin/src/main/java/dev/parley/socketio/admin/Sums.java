package dev.parley.socketio.admin;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what happens in each second, until somebody takes the sums. */
final class Sums {

    /** Seconds that are kept when nobody takes them. */
    private static final int MOST = 1_000;

    private final InstantSource clock;
    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    Sums(InstantSource clock) {
        this.clock = clock;
    }

    private record Key(
            long timestamp, String type, @Nullable String subType) {}

    /** As the page reads it. */
    @com.fasterxml.jackson.annotation.JsonInclude(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
    record Sum(long timestamp, String type, @Nullable String subType, long count) {}

    void add(String type, long count) {
        add(type, null, count);
    }

    void add(String type, @Nullable String subType, long count) {
        Key key = new Key(clock.millis() / 1000 * 1000, type, subType);
        LongAdder adder = counts.get(key);
        if (adder == null) {
            if (counts.size() >= MOST) {
                counts.clear();
            }
            adder = counts.computeIfAbsent(key, first -> new LongAdder());
        }
        adder.add(count);
    }

    List<Sum> take() {
        List<Sum> sums = new ArrayList<>();
        for (Key key : List.copyOf(counts.keySet())) {
            LongAdder count = counts.remove(key);
            if (count != null) {
                sums.add(new Sum(key.timestamp(), key.type(), key.subType(), count.sum()));
            }
        }
        sums.sort(Comparator.comparingLong(Sum::timestamp).thenComparing(Sum::type));
        return sums;
    }
}
