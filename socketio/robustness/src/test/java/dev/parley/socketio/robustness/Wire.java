package dev.parley.socketio.robustness;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One TCP connection to a target and bytes by hand: no polite client would do what is done with it. Reads wait ten seconds at most.
 */
final class Wire implements AutoCloseable {

    private static final int PATIENCE = 10_000;
    private static final String HANDSHAKE = "&EIO=4 HTTP/1.1\r\nHost: 127.0.0.1\r\n";

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    Wire(int port) {
        this(port, 0);
    }

    /** @param window bytes that the kernel may receive before somebody reads, 0 for the usual */
    Wire(int port, int window) {
        try {
            if (window > 0) {
                socket.setReceiveBufferSize(window);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
            socket.setSoTimeout(PATIENCE);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 4096));
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A WebSocket that has had its handshake; in the session of that id, or a new one when it is empty. */
    static Wire webSocket(int port, String sid) {
        return new Wire(port).upgrade(sid);
    }

    /** A session over a WebSocket that has joined the default namespace. */
    static Wire joined(int port) {
        return joined(port, 0);
    }

    static Wire joined(int port, int window) {
        var wire = new Wire(port, window).upgrade("");
        wire.next();
        wire.say("40");
        wire.until("40");
        return wire;
    }

    // ---- HTTP

    Wire raw(String bytes) {
        return raw(bytes.getBytes(StandardCharsets.UTF_8));
    }

    Wire raw(byte[] bytes) {
        try {
            out.write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Wire sendGet(String sid) {
        return raw("GET /socket.io/?transport=polling" + sid(sid) + HANDSHAKE + "\r\n");
    }

    Wire sendPost(String sid, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return raw("POST /socket.io/?transport=polling" + sid(sid) + HANDSHAKE
                + "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body);
    }

    String get(String sid) {
        return sendGet(sid).response();
    }

    String post(String sid, String body) {
        return sendPost(sid, body).response();
    }

    /** Opens a polling session. */
    String handshake() {
        return get("").replaceFirst("(?s)^200 0\\{\"sid\":\"([^\"]+)\".*$", "$1");
    }

    /** The status, a space and the body. */
    String response() {
        try {
            var status = line().split(" ", 3)[1];
            int length = 0;
            for (var header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            var body = new byte[length];
            in.readFully(body);
            return status + " " + new String(body, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed in the middle of a response");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static String sid(String sid) {
        return sid.isEmpty() ? "" : "&sid=" + sid;
    }

    // ---- WebSocket

    private Wire upgrade(String sid) {
        sendUpgrade(sid);
        var response = response();
        if (!response.startsWith("101")) {
            throw new IllegalStateException(response);
        }
        return this;
    }

    Wire sendUpgrade(String sid) {
        return raw("GET /socket.io/?transport=websocket" + sid(sid) + HANDSHAKE
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }

    Wire say(String text) {
        return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param first FIN, reserved bits and opcode (RFC 6455, 5.2) */
    Wire frame(int first, byte[] payload) {
        return raw(encoded(first, payload));
    }

    /** Masked with zeros. */
    static byte[] encoded(int first, byte[] payload) {
        int length = payload.length;
        var frame = ByteBuffer.allocate(14 + length).put((byte) first);
        if (length < 126) {
            frame.put((byte) (0x80 | length));
        } else if (length < 65536) {
            frame.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(length);
        }
        frame.putInt(0).put(payload).flip();
        var bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** The next frame as text; {@code close <code>} for a close, {@code end} when the connection is over. */
    String next() {
        try {
            int first = in.read();
            if (first < 0) {
                return "end";
            }
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            var payload = new byte[length];
            in.readFully(payload);
            if ((first & 0x0f) == 8) {
                return length < 2
                        ? "close"
                        : "close " + ByteBuffer.wrap(payload).getShort();
            }
            return new String(payload, StandardCharsets.UTF_8);
        } catch (java.net.SocketTimeoutException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            return "end"; // reset by the peer
        }
    }

    /** Skips frames until one begins so, and gives it; fails when the connection ends before. */
    String until(String beginning) {
        for (var frame = next(); ; frame = next()) {
            if (frame.startsWith(beginning)) {
                return frame;
            }
            if (frame.equals("end")) {
                throw new IllegalStateException("ended before " + beginning);
            }
        }
    }

    /** Reads on; true when the server closes the WebSocket, with or without a farewell, within the time that reads wait. */
    boolean isClosed() {
        try {
            for (var frame = next(); !frame.equals("end"); frame = next()) {
                if (frame.startsWith("close")) {
                    return true;
                }
            }
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Reads all there is; true when the server ends the connection within the time that reads wait. */
    boolean ends() {
        try {
            InputStream all = in;
            var rest = new byte[8192];
            while (all.read(rest) >= 0) {
                // what comes before the end does not matter
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Waits for such a frame, then ends the connection as one should. */
    void closeBehind(String beginning) {
        if (!until(beginning).startsWith("close")) {
            frame(0x88, new byte[] {3, (byte) 0xe8});
        }
        close();
    }

    Wire patience(int milliseconds) {
        try {
            socket.setSoTimeout(milliseconds);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection by a reset, without a word. */
    void abort() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
