package dev.parley.socketio.protocol;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the packets of one connection, one message after the other. What the protocol does not allow is a
 * {@link dev.parley.engineio.ProtocolException}, after which the connection ends.
 */
public interface PacketReader {

    /** The packet that this message completes, if any. */
    Optional<Packet> text(String message);

    /** The packet that this message completes, if any; the buffer is the reader's only until this returns. */
    Optional<Packet> binary(ByteBuffer message);
}
