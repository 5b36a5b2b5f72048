package dev.parley.presence;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a person is present; the wire's shape.
 *
 * @param until when what they chose to be shown as ends, status and text together; absent for never, or nothing chosen
 * @param lastSeenAt when their last connection went, for people who are offline and let others know
 */
public record Presence(
        UUID userId,
        Status status,
        @Nullable String statusText,
        @Nullable Instant until,
        @Nullable Instant lastSeenAt) {

    /** In the words of the wire: lower snake case. */
    public enum Status {
        ONLINE,
        AWAY,
        /** Do not disturb. */
        DND,
        IN_CALL,
        OFFLINE,
        /** Nobody can say, which is not the same as offline. */
        UNKNOWN;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
