package dev.parley.engineio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A packet as it is written: made once, however many sessions it goes to. Immutable but for what it remembers of itself. */
public final class Frame {

    private final @Nullable String text;
    private final @Nullable ByteBuffer binary;
    private final int size;
    private final boolean compressible;
    // What was computed once stays; a race computes it twice, to the same end.
    private @Nullable String base64;
    private byte @Nullable [] utf8;
    private byte @Nullable [] wire;

    private Frame(@Nullable String text, @Nullable ByteBuffer binary, int size) {
        this(text, binary, size, true);
    }

    private Frame(@Nullable String text, @Nullable ByteBuffer binary, int size, boolean compressible) {
        this.text = text;
        this.binary = binary;
        this.size = size;
        this.compressible = compressible;
    }

    /** The packet as it is to be sent; what it is on the wire is made when it is asked for, once. */
    public static Frame of(Packet packet) {
        return switch (packet) {
            case Packet.Open open -> text("0" + open.json());
            case Packet.Close() -> text("1");
            case Packet.Ping ping -> text("2" + ping.data());
            case Packet.Pong pong -> text("3" + pong.data());
            case Packet.Text message -> text("4" + message.data());
            case Packet.Binary message -> binary(message.data());
            case Packet.Upgrade() -> text("5");
            case Packet.Noop() -> text("6");
        };
    }

    private static Frame text(String text) {
        return new Frame(text, null, Utf8.length(text));
    }

    private static Frame binary(ByteBuffer data) {
        return new Frame(null, data.asReadOnlyBuffer(), data.remaining());
    }

    /** Bytes of a WebSocket frame's payload. */
    public int size() {
        return size;
    }

    /** Whether a transport may compress it, where it can. */
    public boolean compressible() {
        return compressible;
    }

    /** The same packet, not to be compressed: what is random or secret gains nothing by it. */
    public Frame uncompressed() {
        return compressible ? new Frame(text, binary, size, false) : this;
    }

    /** Whether it is a text message; else it is a binary one. */
    public boolean isText() {
        return text != null;
    }

    /** The text form; binary data is Base64 there. */
    public String text() {
        if (text != null) {
            return text;
        }
        var encoded = base64;
        if (encoded == null) {
            encoded = "b" + new String(Base64.getEncoder().encode(bytes()), StandardCharsets.ISO_8859_1);
            base64 = encoded;
        }
        return encoded;
    }

    /** The payload of a WebSocket frame of this packet; position and limit are the caller's own, the content is read-only. */
    public ByteBuffer payload() {
        if (binary != null) {
            return binary.duplicate();
        }
        var encoded = utf8;
        if (encoded == null) {
            encoded = text().getBytes(StandardCharsets.UTF_8);
            utf8 = encoded;
        }
        return ByteBuffer.wrap(encoded).asReadOnlyBuffer();
    }

    /**
     * The whole WebSocket frame of this packet, as a server sends it: header and payload (RFC 6455, 5.2). Made once for all
     * receivers; not to be changed.
     */
    public byte[] wire() {
        var made = wire;
        if (made == null) {
            made = encode();
            wire = made;
        }
        return made;
    }

    private byte[] encode() {
        int header = size < 126 ? 2 : size < 65536 ? 4 : 10;
        var frame = new byte[header + size];
        frame[0] = (byte) (text == null ? 0x82 : 0x81);
        if (header == 2) {
            frame[1] = (byte) size;
        } else {
            frame[1] = (byte) (header == 4 ? 126 : 127);
            for (int i = 2, shift = 8 * (header - 3); i < header; i++, shift -= 8) {
                frame[i] = (byte) ((long) size >>> shift);
            }
        }
        fill(frame, header);
        return frame;
    }

    private void fill(byte[] frame, int at) {
        if (text == null) {
            payload().get(frame, at, size);
        } else {
            System.arraycopy(text.getBytes(StandardCharsets.UTF_8), 0, frame, at, size);
        }
    }

    private byte[] bytes() {
        var source = payload();
        var copy = new byte[source.remaining()];
        source.get(copy);
        return copy;
    }

    @Override
    public String toString() {
        return isText() ? text() : "binary of " + size + " bytes";
    }
}
