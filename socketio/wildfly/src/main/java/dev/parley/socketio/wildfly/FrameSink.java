package dev.parley.socketio.wildfly;

/** Receives what a {@link FrameReader} found. */
interface FrameSink {

    void text(String message);

    /** The bytes are the receiver's own. */
    void binary(byte[] message);

    /** @param data at most 125 bytes */
    void ping(byte[] data);

    /** @param code 1005 when the client gave none */
    void close(int code);
}
