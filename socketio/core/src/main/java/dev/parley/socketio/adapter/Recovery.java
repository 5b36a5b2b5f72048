package dev.parley.socketio.adapter;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Connection state recovery: a client that lost its connection and comes back in time finds its socket's id, rooms and data again and
 * gets what it missed. Whatever is kept is bounded; what would exceed a limit costs the oldest, whose clients then begin anew.
 *
 * @param maxDisconnectionDuration how long a session is kept
 * @param skipMiddlewares whether a client that comes back to the same node is not asked again by connection middlewares
 * @param maxSessions sessions kept of one namespace
 * @param maxPackets events kept of one namespace
 * @param maxBytes of these events
 * @param onExpired told of each session that was given up; runs on the server's executor
 */
public record Recovery(
        Duration maxDisconnectionDuration,
        boolean skipMiddlewares,
        int maxSessions,
        int maxPackets,
        long maxBytes,
        Consumer<SessionState> onExpired) {

    /** The reference server's: two minutes, middlewares skipped; ours: 10,000 sessions, 100,000 events, 64 MiB. */
    public static final Recovery DEFAULTS =
            new Recovery(Duration.ofMinutes(2), true, 10_000, 100_000, 64L << 20, session -> {});

    public Recovery {
        if (maxDisconnectionDuration.isNegative() || maxDisconnectionDuration.isZero()) {
            throw new IllegalArgumentException(
                    "maxDisconnectionDuration: " + maxDisconnectionDuration.toMillis() + " ms is not more than 0");
        }
        if (maxSessions < 1 || maxPackets < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("a limit of recovery is less than 1: " + maxSessions + " sessions, "
                    + maxPackets + " packets, " + maxBytes + " bytes");
        }
    }

    /** The same with another time. */
    public Recovery maxDisconnectionDuration(Duration time) {
        return new Recovery(time, skipMiddlewares, maxSessions, maxPackets, maxBytes, onExpired);
    }

    /** The same, and middlewares are asked again or not. */
    public Recovery skipMiddlewares(boolean skip) {
        return new Recovery(maxDisconnectionDuration, skip, maxSessions, maxPackets, maxBytes, onExpired);
    }

    /** The same with other limits, each at least 1. */
    public Recovery limits(int sessions, int packets, long bytes) {
        return new Recovery(maxDisconnectionDuration, skipMiddlewares, sessions, packets, bytes, onExpired);
    }

    /** The same with another listener. */
    public Recovery onExpired(Consumer<SessionState> listener) {
        return new Recovery(maxDisconnectionDuration, skipMiddlewares, maxSessions, maxPackets, maxBytes, listener);
    }
}
