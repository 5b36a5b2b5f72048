package dev.parley.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rings when the manual clock is advanced through it. */
public final class ManualAlarm implements Alarm {

    private record Set(Instant at, Runnable task) {}

    private final ManualClock clock;
    private final List<Set> set = new ArrayList<>();

    public ManualAlarm(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Set alarm = new Set(clock.instant().plus(delay), task);
        set.add(alarm);
        return () -> set.remove(alarm);
    }

    /** Lets time pass, stopping at each alarm on the way. */
    public void advance(Duration time) {
        Instant end = clock.instant().plus(time);
        while (true) {
            Set next = set.stream()
                    .filter(alarm -> !alarm.at().isAfter(end))
                    .min(Comparator.comparing(Set::at))
                    .orElse(null);
            if (next == null) {
                clock.advance(Duration.between(clock.instant(), end));
                return;
            }
            set.remove(next);
            clock.advance(Duration.between(clock.instant(), next.at()));
            next.task().run();
        }
    }

    public int size() {
        return set.size();
    }
}
