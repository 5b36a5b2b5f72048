package dev.parley.calls;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where calls that are over leave a trace in their room. */
public interface CallLog {

    /**
     * Leaves one message; told the same call twice (after a node was lost), it still leaves one.
     *
     * @param direct whether it was one of two people
     * @param answeredAt null when nobody answered
     * @param people who was in it, in the order they came; nobody when nobody answered
     */
    record EndedCall(
            UUID callId,
            UUID roomId,
            boolean direct,
            UUID startedBy,
            CallKind kind,
            Instant startedAt,
            @Nullable Instant answeredAt,
            Instant endedAt,
            EndReason reason,
            List<UUID> people) {

        public EndedCall {
            people = List.copyOf(people);
        }
    }

    void callEnded(EndedCall call);
}
