package dev.parley.socketio.admin;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who ticked "remember me" at a login of the last days. In memory: after a restart one logs in again. */
final class Sessions {

    private static final int MOST = 1_000;
    private static final Duration LIFE = Duration.ofDays(7);
    /** 16 hexadecimal digits, as the page's protocol has them. */
    private static final int BYTES = 8;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> ends = new LinkedHashMap<>();

    Sessions(InstantSource clock) {
        this.clock = clock;
    }

    synchronized String begin() {
        ends.values().removeIf(end -> !end.isAfter(clock.instant()));
        if (ends.size() >= MOST) {
            ends.remove(ends.keySet().iterator().next());
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        ends.put(id, clock.instant().plus(LIFE));
        return id;
    }

    synchronized boolean isKnown(String id) {
        Instant end = ends.get(id);
        return end != null && end.isAfter(clock.instant());
    }

    synchronized int size() {
        return ends.size();
    }
}
