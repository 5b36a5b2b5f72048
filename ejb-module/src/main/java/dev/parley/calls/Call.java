package dev.parley.calls;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as clients see it.
 *
 * @param state {@code ringing}, {@code active} or {@code ended}
 * @param participants in the order they joined: of two, the later one is the polite peer
 */
public record Call(
        UUID id,
        UUID roomId,
        UUID startedBy,
        CallKind kind,
        String state,
        List<Participant> participants,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable EndReason endReason) {

    public Call {
        participants = List.copyOf(participants);
    }

    /** One device's part in a call: a leg. */
    public record Participant(
            UUID userId, UUID sessionId, UUID legId, Instant joinedAt, boolean audio, boolean video, boolean screen) {}
}
