package dev.parley.engineio;

import java.util.List;

/** The transport a session is on. All of it is touched only inside the session's mailbox. */
sealed interface Line permits PollingLine, WebSocketLine {

    TransportName name();

    /** Whether {@link #write} may be called. */
    boolean writable();

    /** Calls {@link Session#written} when more can be taken. */
    void write(List<Frame> frames);

    /** Whether frames are fetched when it is time to write: then {@link #ready} takes the place of {@link #write}. */
    default boolean gathers() {
        return false;
    }

    /** There is something to fetch. */
    default void ready() {
        throw new IllegalStateException("does not gather");
    }

    /** Whether what is written now leaves at once. */
    default boolean keepsUp() {
        return writable();
    }

    /** Whether the client has yet to take what was written. */
    boolean isBehind();

    /** Another number whenever the client has taken something while it was {@linkplain #isBehind() behind}. */
    long progress();

    /** How many bytes {@link #write} takes at once, about: what is urgent goes between. */
    default int portion() {
        return Integer.MAX_VALUE;
    }

    /** Bytes that were written and have not left the server's memory. */
    long underWay();

    void suspendReading();

    void resumeReading();

    /** The session is over. */
    void end(CloseReason reason);
}
