package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.EngineRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The request that opened a connection, and what the client sent with its CONNECT.
 *
 * @param headers names in lower case
 * @param query decoded parameters
 * @param address the peer's IP address
 * @param auth the payload of CONNECT, an empty object when there was none
 */
public record Handshake(
        Map<String, List<String>> headers,
        Map<String, List<String>> query,
        String address,
        boolean secure,
        String url,
        Instant issued,
        JsonNode auth) {

    static Handshake of(EngineRequest request, Instant opened, JsonNode auth) {
        return new Handshake(
                request.headers(), request.query(), request.address(), request.secure(), request.url(), opened, auth);
    }

    /** The first value of that header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()).stream()
                .findFirst();
    }
}
