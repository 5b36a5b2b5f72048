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

    static final Duration LEASE = Duration.ofSeconds(30);

    /** What a device says it sends. */
    record Media(boolean audio, boolean video, boolean screen) {}

    Leg renewed(String throughSocket, Instant now) {
        return new Leg(id, userId, sessionId, throughSocket, joinedAt, now.plus(LEASE), media);
    }

    Leg detached() {
        return new Leg(id, userId, sessionId, null, joinedAt, leaseUntil, media);
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
