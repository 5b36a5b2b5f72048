package dev.parley.socketio.jakarta.door;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A connection byte by byte: shows the headers of a 101 and what is on the wire after it. */
final class RawSocket implements AutoCloseable {

    private static final byte[] TAIL = {0, 0, -1, -1};

    private final Socket socket;
    private final DataInputStream in;
    private final String response;

    /**
     * A frame as it came, whole and unmasked.
     *
     * @param payload a character for each byte
     */
    record Frame(boolean compressed, int opcode, String payload) {

        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        String inflated() throws DataFormatException {
            var inflater = new Inflater(true);
            var packed = Arrays.copyOf(bytes(), payload.length() + TAIL.length);
            System.arraycopy(TAIL, 0, packed, payload.length(), TAIL.length);
            inflater.setInput(packed);
            var text = new byte[100_000];
            int length = inflater.inflate(text);
            inflater.end();
            return new String(text, 0, length, StandardCharsets.UTF_8);
        }

        private byte[] bytes() {
            return payload.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** @param headers each ends with a line break */
    RawSocket(int port, String target, String headers) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
        write(("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        response = head();
    }

    private String head() throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            text.append((char) in.readUnsignedByte());
        }
        return text.toString();
    }

    /** Status line and headers. */
    String response() {
        return response;
    }

    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        return new Frame(
                (first & 0x40) != 0, first & 0x0f, new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
    }

    void sendDeflated(String text) throws IOException {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        var packed = new byte[100_000];
        int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH) - TAIL.length;
        deflater.end();
        send(0xc1, Arrays.copyOf(packed, length));
    }

    void send(String text) throws IOException {
        send(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    private void send(int first, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(new byte[4]); // a mask of zeros leaves the payload as it is
        frame.writeBytes(payload);
        write(frame.toByteArray());
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
