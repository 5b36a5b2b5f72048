package dev.parley.engineio;

import java.nio.ByteBuffer;

/** Receives what a session's client sends. Called one at a time, in order, on threads that must not be blocked. */
public interface SessionListener {

    /** A text message came. */
    void text(String message);

    /** A binary message came; the buffer is the listener's. */
    void binary(ByteBuffer message);

    /** Whether it wants to be told of {@link #upgraded}, {@link #received} and {@link #sent}; asked once. */
    default boolean observes() {
        return false;
    }

    /** The session is on a WebSocket now. */
    default void upgraded() {}

    /** A packet came, before it is handled. */
    default void received(int bytes) {}

    /** Packets were handed to the transport in one write. */
    default void sent(int packets, long bytes) {}

    /** The last call. */
    void closed(CloseReason reason);
}
