package dev.parley.socketio;

import org.jspecify.annotations.Nullable;

/** The answer to one event. */
public interface Acknowledgement {

    /** Whether the client asked for an answer; without that, {@link #send} does nothing. */
    boolean requested();

    /** Answers; only the first call counts. */
    void send(@Nullable Object... arguments);
}
