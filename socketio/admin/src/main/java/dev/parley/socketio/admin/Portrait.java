package dev.parley.socketio.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.EngineRequest;
import dev.parley.socketio.Connection;
import dev.parley.socketio.Handshake;
import dev.parley.socketio.Socket;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A socket as the page shows it. Secrets that its client sent do not get there: header values only of a list, no CONNECT payload, and of the
 * query only what Engine.IO itself put there.
 */
record Portrait(
        String id,
        String clientId,
        String transport,
        String nsp,
        JsonNode data,
        Shake handshake,
        Collection<String> rooms) {

    private static final String HIDDEN = "(not shown)";
    private static final Set<String> PLAIN_PARAMETERS = Set.of("EIO", "transport", "t", "b64");

    /** What the client said first. */
    record Shake(
            String address,
            Map<String, String> headers,
            Map<String, String> query,
            long issued,
            boolean secure,
            String time,
            String url,
            boolean xdomain) {}

    static Portrait of(Socket socket, Set<String> headers) {
        Connection connection = socket.connection();
        return new Portrait(
                socket.id(),
                connection.id(),
                connection.transport().text(),
                socket.namespace().name(),
                socket.data().asTree(),
                shake(socket.handshake(), connection.request(), headers),
                List.copyOf(socket.rooms()));
    }

    private static Shake shake(Handshake handshake, EngineRequest request, Set<String> shown) {
        Map<String, String> headers = new TreeMap<>();
        handshake
                .headers()
                .forEach(
                        (name, values) -> headers.put(name, shown.contains(name) ? String.join(", ", values) : HIDDEN));
        Map<String, String> query = new LinkedHashMap<>();
        request.query()
                .forEach((name, values) ->
                        query.put(name, PLAIN_PARAMETERS.contains(name) ? String.join(",", values) : HIDDEN));
        Instant issued = handshake.issued();
        int end = request.url().indexOf('?');
        return new Shake(
                handshake.address(),
                headers,
                query,
                issued.toEpochMilli(),
                handshake.secure(),
                issued.toString(),
                end < 0 ? request.url() : request.url().substring(0, end),
                handshake.header("origin").isPresent());
    }
}
