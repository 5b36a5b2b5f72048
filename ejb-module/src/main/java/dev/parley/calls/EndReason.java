package dev.parley.calls;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a call is over. */
public enum EndReason {
    /** Somebody hung up, before or after the answer. */
    HANGUP,
    DECLINED,
    BUSY,
    /** It rang for its whole time. */
    MISSED,
    /** No media path was found. */
    FAILED,
    /** Somebody vanished without a goodbye. */
    LOST;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
