package dev.parley.calls;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where calls that are over leave a trace in their room. */
public interface CallLog {

    /**
     * Leaves one message; told the same call twice (after a node was lost), it still leaves one.
     *
     * @param answeredAt null when nobody answered
     */
    record EndedCall(
            UUID callId,
            UUID roomId,
            UUID startedBy,
            CallKind kind,
            Instant startedAt,
            @Nullable Instant answeredAt,
            Instant endedAt,
            EndReason reason) {}

    void callEnded(EndedCall call);
}
