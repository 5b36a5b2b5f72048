package dev.parley.socketio.wildfly;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection for polling, which sends when it is told to and reads when it is told to. */
final class RawPolls implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;

    RawPolls(Socket socket, int port) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Opens a session and returns its id. */
    String handshake() throws IOException {
        get("");
        var body = body();
        int start = body.indexOf("\"sid\":\"") + 7;
        return body.substring(start, body.indexOf('"', start));
    }

    void get(String sid) throws IOException {
        send("GET " + target(sid) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    }

    void post(String sid, String body) throws IOException {
        send("POST " + target(sid) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    private static String target(String sid) {
        return "/socket.io/?EIO=4&transport=polling" + (sid.isEmpty() ? "" : "&sid=" + sid);
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The next response's. */
    String body() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        int length = head.toString()
                .toLowerCase(Locale.ROOT)
                .lines()
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElseThrow();
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Without saying goodbye, as when a wire is cut and the kernel tells. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
