package dev.parley.socketio.conformance;

import dev.parley.socketio.testkit.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One HTTP request as it is written, over a connection of its own, for what HTTP clients will not send or will not show. */
final class Raw {

    private static final int PATIENCE_MS = 10_000;

    private Raw() {}

    /** The response, headers and all, until the server closes or a 101 is over. */
    static String exchange(Peer peer, String head) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), peer.port())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            var response = new StringBuilder();
            var in = socket.getInputStream();
            for (int b = in.read(); b >= 0 && !isSwitched(response); b = in.read()) {
                response.append((char) b);
            }
            return response.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSwitched(StringBuilder response) {
        return response.indexOf("HTTP/1.1 101 ") == 0 && response.indexOf("\r\n\r\n") > 0;
    }

    /** The request of a WebSocket handshake; more headers each end with a line break. */
    static String upgrade(Peer peer, String query, String moreHeaders) {
        return "GET " + peer.path() + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + peer.port()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + moreHeaders + "\r\n";
    }

    /** The value of a header, or "". */
    static String header(String response, String name) {
        return response.substring(0, Math.max(0, response.indexOf("\r\n\r\n")))
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .findFirst()
                .map(line -> line.substring(name.length() + 1).strip())
                .orElse("");
    }

    static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }
}
