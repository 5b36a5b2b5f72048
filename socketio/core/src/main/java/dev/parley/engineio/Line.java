package dev.parley.engineio;

import java.util.List;

/** The transport a session is on. All of it is touched only inside the session's mailbox. */
sealed interface Line permits PollingLine, WebSocketLine {

    TransportName name();

    /** Whether {@link #write} may be called. */
    boolean writable();

    /** Calls {@link Session#written} when more can be taken. */
    void write(List<Frame> frames);

    void suspendReading();

    void resumeReading();

    /** The session is over. */
    void end(CloseReason reason);
}
