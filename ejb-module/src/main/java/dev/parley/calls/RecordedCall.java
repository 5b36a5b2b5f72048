package dev.parley.calls;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that is over, for administrators: who and when, and what its devices measured; nothing that was said or shown.
 *
 * @param answeredAt null when nobody answered
 */
public record RecordedCall(
        UUID id,
        UUID roomId,
        UUID startedBy,
        String kind,
        Instant startedAt,
        @Nullable Instant answeredAt,
        Instant endedAt,
        String endReason,
        List<Report> reports) {

    /** @param stats by the device's own account, see {@code call_report} in the contract */
    public record Report(UUID legId, UUID userId, Instant reportedAt, JsonNode stats) {}
}
