package dev.parley.engineio;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open WebSocket: what an engine needs of a server to write to it. Called by one session only, never at the same time. */
public interface WebSocketPort {

    /**
     * Sends the frames in order, where possible in one write, and does not block.
     *
     * @param done called once, on any thread, when more can be taken; with the failure when the connection is lost
     */
    void send(List<Frame> frames, Consumer<@Nullable Throwable> done);

    /** Closes behind what was sent; does not block and does nothing when it is closed. */
    void close(int code, String reason);

    /** Stops reading, where the server can; messages already read still arrive. */
    default void suspendReading() {}

    /** Takes {@link #suspendReading} back. */
    default void resumeReading() {}
}
