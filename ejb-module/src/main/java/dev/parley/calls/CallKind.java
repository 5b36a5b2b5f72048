package dev.parley.calls;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.problem.Problem;
import java.util.Locale;

/** What a call is meant for; it bounds how many may take part, because everybody sends to everybody. */
public enum CallKind {
    AUDIO(8),
    VIDEO(4);

    private final int limit;

    CallKind(int limit) {
        this.limit = limit;
    }

    /** How many devices may take part. */
    public int limit() {
        return limit;
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Problem {@code invalid} for anything but the two words */
    @JsonCreator
    public static CallKind of(String wire) {
        return switch (wire) {
            case "audio" -> AUDIO;
            case "video" -> VIDEO;
            default -> throw Problem.invalid("A call's kind is audio or video.");
        };
    }
}
