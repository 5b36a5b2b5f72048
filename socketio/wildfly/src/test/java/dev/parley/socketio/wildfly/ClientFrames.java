package dev.parley.socketio.wildfly;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Frames as a client sends them, right or wrong. */
final class ClientFrames {

    static final int FIN = 0x80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int mask = 0x37fa213d;

    ClientFrames text(String message) {
        return frame(FIN | 1, message.getBytes(StandardCharsets.UTF_8));
    }

    ClientFrames binary(byte... message) {
        return frame(FIN | 2, message);
    }

    /** @param first the first byte: FIN, reserved bits, opcode */
    ClientFrames frame(int first, byte... payload) {
        bytes.write(first);
        if (payload.length < 126) {
            bytes.write(0x80 | payload.length);
        } else if (payload.length < 65536) {
            bytes.write(0x80 | 126);
            number(payload.length, 2);
        } else {
            bytes.write(0x80 | 127);
            number(payload.length, 8);
        }
        mask = mask * 31 + 7;
        number(mask & 0xffffffffL, 4);
        for (int i = 0; i < payload.length; i++) {
            bytes.write(payload[i] ^ (mask >>> (24 - 8 * (i & 3))));
        }
        return this;
    }

    ClientFrames raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    private void number(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            bytes.write((int) (value >>> (8 * i)));
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
