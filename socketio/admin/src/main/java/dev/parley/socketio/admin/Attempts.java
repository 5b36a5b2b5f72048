package dev.parley.socketio.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts failed logins of each address, and of all together, in windows of a minute: passwords cannot be tried in numbers. */
final class Attempts {

    static final int PER_ADDRESS = 5;
    /** Many addresses are no way around it. */
    static final int ALTOGETHER = 100;

    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private Instant windowEnds = Instant.MIN;
    private int all;

    Attempts(InstantSource clock) {
        this.clock = clock;
    }

    synchronized boolean allowed(String address) {
        turn();
        return failures.getOrDefault(address, 0) < PER_ADDRESS && all < ALTOGETHER;
    }

    synchronized void failed(String address) {
        turn();
        if (failures.size() < MOST_ADDRESSES || failures.containsKey(address)) {
            failures.merge(address, 1, Integer::sum);
        }
        all++;
    }

    synchronized void succeeded(String address) {
        failures.remove(address);
    }

    private void turn() {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnds)) {
            failures.clear();
            all = 0;
            windowEnds = now.plus(WINDOW);
        }
    }
}
