package dev.parley.it;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes on what a server says over a WebSocket, and once takes a chat message out: as if the server had forgotten this client. */
final class MessageThief {

    private static final int TEXT = 0x81;
    private static final String MESSAGE = "42[\"message\",";

    private final AtomicBoolean waits = new AtomicBoolean();
    private volatile boolean done;

    /** The next message is taken. */
    void steal() {
        waits.set(true);
    }

    boolean hasStolen() {
        return done;
    }

    void pump(InputStream from, OutputStream to) throws IOException {
        DataInputStream in = new DataInputStream(from);
        DataOutputStream out = new DataOutputStream(to);
        passHead(in, out);
        while (true) {
            int first = in.read();
            if (first < 0) {
                return;
            }
            int second = in.readUnsignedByte();
            long length = second == 126 ? in.readUnsignedShort() : second == 127 ? in.readLong() : second;
            byte[] payload = in.readNBytes(Math.toIntExact(length));
            if (first == TEXT && isMessage(payload) && waits.compareAndSet(true, false)) {
                done = true;
                continue;
            }
            out.write(first);
            out.write(second);
            if (second == 126) {
                out.writeShort((int) length);
            } else if (second == 127) {
                out.writeLong(length);
            }
            out.write(payload);
            out.flush();
        }
    }

    private static boolean isMessage(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8).startsWith(MESSAGE);
    }

    private static void passHead(DataInputStream in, DataOutputStream out) throws IOException {
        for (int last4 = 0; last4 != 0x0d0a0d0a; ) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            last4 = last4 << 8 | next;
            out.write(next);
        }
        out.flush();
    }
}
