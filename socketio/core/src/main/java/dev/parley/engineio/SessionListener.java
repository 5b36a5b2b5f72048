package dev.parley.engineio;

import java.nio.ByteBuffer;

/** Receives what a session's client sends. Called one at a time, in order, on threads that must not be blocked. */
public interface SessionListener {

    void text(String message);

    void binary(ByteBuffer message);

    /** The last call. */
    void closed(CloseReason reason);
}
