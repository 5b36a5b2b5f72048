package dev.parley.socketio.wildfly;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket client made by hand, which can do everything wrong. */
final class RawSocket implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;

    /** @param receiveBuffer bytes the kernel keeps for a client that does not read, 0 for its own idea */
    RawSocket(Socket socket, int port, int receiveBuffer) throws IOException {
        this.socket = socket;
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(20_000);
        if (!socket.isConnected()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
        }
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        send("""
                GET /socket.io/?EIO=4&transport=websocket HTTP/1.1
                Host: 127.0.0.1
                Upgrade: websocket
                Connection: keep-alive, Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13

                """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101") || !head.toString().contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) {
            throw new IOException(head.toString());
        }
        next();
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    RawSocket join() throws IOException {
        send(new ClientFrames().text("40").bytes());
        next();
        return this;
    }

    /** The next frame's payload as text; {@code close N} for a close, {@code end} when the server ended the connection. */
    String next() throws IOException {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            var payload = new byte[length];
            in.readFully(payload);
            return switch (first) {
                case 0x81 -> new String(payload, StandardCharsets.UTF_8);
                case 0x82 -> "binary of " + length;
                case 0x8a -> "pong " + new String(payload, StandardCharsets.UTF_8);
                case 0x88 -> "close " + ((payload[0] & 0xff) << 8 | (payload[1] & 0xff));
                default -> throw new IOException("frame " + first);
            };
        } catch (EOFException e) {
            return "end";
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
