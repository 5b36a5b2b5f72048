package dev.parley.engineio;

import java.nio.ByteBuffer;
import java.util.Base64;

/** An Engine.IO v4 packet. As text it is its type's digit and its data; {@code b} and Base64 when it is binary. */
public sealed interface Packet {

    /** Starts a session; the data is JSON. */
    record Open(String json) implements Packet {}

    /** The session ends. */
    record Close() implements Packet {}

    /** Asks for a pong with the same data; from the server to see whether the client lives, from the client as the probe of an upgrade. */
    record Ping(String data) implements Packet {}

    /** Answers a ping. */
    record Pong(String data) implements Packet {}

    /** A message of the application. */
    record Text(String data) implements Packet {}

    /** A binary message of the application. */
    record Binary(ByteBuffer data) implements Packet {}

    /** The client has left polling for the WebSocket that this came over. */
    record Upgrade() implements Packet {}

    /** Nothing; answers a poll that must not wait any longer. */
    record Noop() implements Packet {}

    /** Bytes of its data, without its type. */
    default int size() {
        return switch (this) {
            case Open open -> Utf8.length(open.json());
            case Ping ping -> Utf8.length(ping.data());
            case Pong pong -> Utf8.length(pong.data());
            case Text text -> Utf8.length(text.data());
            case Binary binary -> binary.data().remaining();
            case Close close -> 0;
            case Upgrade upgrade -> 0;
            case Noop noop -> 0;
        };
    }

    /**
     * Reads the text form.
     *
     * @throws ProtocolException when it is none
     */
    static Packet parse(String text) {
        if (text.isEmpty()) {
            throw new ProtocolException("empty packet");
        }
        return switch (text.charAt(0)) {
            case '0' -> new Open(text.substring(1));
            case '1' -> new Close();
            case '2' -> new Ping(text.substring(1));
            case '3' -> new Pong(text.substring(1));
            case '4' -> new Text(text.substring(1));
            case '5' -> new Upgrade();
            case '6' -> new Noop();
            case 'b' -> new Binary(base64(text));
            default -> throw new ProtocolException("unknown packet type");
        };
    }

    private static ByteBuffer base64(String text) {
        try {
            var decoder =
                    text.indexOf('\n') < 0 ? Base64.getDecoder() : Base64.getMimeDecoder(); // Java clients break lines
            return ByteBuffer.wrap(decoder.decode(text.substring(1)));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("binary packet is not Base64");
        }
    }
}
