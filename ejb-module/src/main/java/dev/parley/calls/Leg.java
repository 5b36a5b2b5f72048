package dev.parley.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One device in a call.
 *
 * @param socketId the connection that carries its signals; null after it was lost, until the device renews from another one
 * @param leaseUntil when it counts as gone, unless renewed
 */
record Leg(
        UUID id,
        UUID userId,
        UUID sessionId,
        @Nullable String socketId,
        Instant joinedAt,
        Instant leaseUntil,
        Media media) {

    /** Longer than media are given to come back (30 s, once a browser has noticed): see ADR 17. */
    static final Duration LEASE = Duration.ofSeconds(45);

    /** Of a caller who has vanished before anybody answered. */
    static final Duration LEASE_OF_CALLER = Duration.ofSeconds(20);

    /** What a device says it sends. */
    record Media(boolean audio, boolean video, boolean screen) {}

    Leg renewed(String throughSocket, Instant now) {
        return new Leg(id, userId, sessionId, throughSocket, joinedAt, now.plus(LEASE), media);
    }

    Leg detached(Instant until) {
        return new Leg(id, userId, sessionId, null, joinedAt, until, media);
    }

    Leg sending(Media what) {
        return new Leg(id, userId, sessionId, socketId, joinedAt, leaseUntil, what);
    }

    boolean isOf(Device device) {
        return userId.equals(device.userId()) && sessionId.equals(device.sessionId());
    }

    boolean uses(String socket) {
        return Objects.equals(socketId, socket);
    }

    Call.Participant participant() {
        return new Call.Participant(userId, sessionId, id, joinedAt, media.audio, media.video, media.screen);
    }

    /** Who acts: a person, on a sign-in, through a connection. */
    record Device(UUID userId, UUID sessionId, String socketId) {}
}
