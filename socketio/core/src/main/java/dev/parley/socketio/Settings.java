package dev.parley.socketio;

import dev.parley.socketio.adapter.Recovery;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the builder was told in numbers.
 *
 * @param connectTimeout for joining a namespace
 * @param ackTimeout for an acknowledgement, where the call says nothing
 * @param maxPendingAcks that one client may owe
 * @param cleanup whether children of parent namespaces go when their last socket does
 * @param limits of rooms, namespaces and what is kept with them
 * @param recovery null when lost connections are not recovered
 */
record Settings(
        Duration connectTimeout,
        Duration ackTimeout,
        int maxPendingAcks,
        boolean cleanup,
        SocketLimits limits,
        @Nullable Recovery recovery) {

    static final Settings DEFAULTS =
            new Settings(Duration.ofSeconds(45), Duration.ofSeconds(30), 1000, false, SocketLimits.DEFAULTS, null);

    Settings {
        if (maxPendingAcks < 1) {
            throw new IllegalArgumentException("maxPendingAcks: " + maxPendingAcks + " is less than 1");
        }
        positive("connectTimeout", connectTimeout);
        positive("ackTimeout", ackTimeout);
    }

    private static void positive(String name, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(name + ": " + time.toMillis() + " ms is not more than 0");
        }
    }
}
