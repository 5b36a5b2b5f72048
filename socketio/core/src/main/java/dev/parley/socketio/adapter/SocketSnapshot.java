package dev.parley.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.EngineRequest;
import java.time.Instant;
import java.util.Set;

/**
 * What other nodes may know of a socket.
 *
 * @param request that opened its connection
 * @param auth the payload of its CONNECT
 * @param rooms among them the one named like its id
 * @param data what the application keeps with it
 */
public record SocketSnapshot(
        String id, EngineRequest request, Instant opened, JsonNode auth, Set<String> rooms, JsonNode data) {

    public SocketSnapshot {
        rooms = Set.copyOf(rooms);
    }
}
