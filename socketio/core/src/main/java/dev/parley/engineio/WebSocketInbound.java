package dev.parley.engineio;

import java.nio.ByteBuffer;

/** What a server tells an engine of one WebSocket: one call at a time, in order, none of which blocks. */
public interface WebSocketInbound {

    /** A text message came. */
    void text(String message);

    /** The buffer is the engine's from then on. */
    void binary(ByteBuffer message);

    /** A message was longer than {@link EngineOptions#maxHttpBufferSize()}; it was not delivered. */
    void tooLarge();

    /** The connection is closed, by whichever side; the last call. */
    void closed();

    /** The connection failed. */
    void failed();

    /**
     * The connection failed because the client broke a rule of the transport.
     *
     * @param rule for the log; nothing of what the client sent
     */
    default void failed(String rule) {
        failed();
    }
}
