package dev.parley.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * What is kept of a socket whose connection was lost.
 *
 * @param pid by which its client proves that it is the same: a secret of theirs
 * @param rooms without the one named like its id
 * @param data what the application keeps with it, an object
 * @param attributes the objects the application keeps with it, which cannot leave this node: empty when the session comes from another
 * @param firstSequence of the first message that was sent to it and is {@linkplain dev.parley.socketio.protocol.Outgoing#sequence()
 *     kept}, 0 when there was none
 * @param lastSequence of the last one
 */
public record SessionState(
        String socketId,
        String pid,
        Set<String> rooms,
        JsonNode data,
        Map<Class<?>, Object> attributes,
        long firstSequence,
        long lastSequence) {

    public SessionState {
        rooms = Set.copyOf(rooms);
        attributes = Map.copyOf(attributes);
    }
}
