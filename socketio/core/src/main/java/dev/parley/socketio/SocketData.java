package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the application keeps with a socket for others to see: it is shown by {@link Broadcast#fetchSockets()}, on other nodes too, and
 * comes back with a recovered session. So it is JSON: a value becomes it when it is put, and changing the object afterwards changes
 * nothing here. What is to stay on this node is an {@linkplain Socket#attribute(Class) attribute}. Thread-safe.
 */
public final class SocketData {

    private final ObjectMapper mapper;
    private final Runnable changed;
    private final Map<String, JsonNode> values = new ConcurrentHashMap<>(1);

    SocketData(ObjectMapper mapper, Runnable changed) {
        this.mapper = mapper;
        this.changed = changed;
    }

    /** For tests of applications, and for sockets that are none of a server. */
    public static SocketData detached(ObjectMapper mapper) {
        return new SocketData(mapper, () -> {});
    }

    /**
     * @param value anything Jackson can write; null removes it
     * @throws IllegalArgumentException when it cannot be written
     */
    public void put(String name, @Nullable Object value) {
        if (value == null) {
            values.remove(name);
        } else {
            values.put(name, mapper.valueToTree(value));
        }
        changed.run();
    }

    /** The value, or a missing node. */
    public JsonNode get(String name) {
        return values.getOrDefault(name, MissingNode.getInstance());
    }

    /**
     * The value, read as that type.
     *
     * @throws IllegalArgumentException when it is none
     */
    public <T> Optional<T> get(String name, Class<T> type) {
        return Optional.ofNullable(values.get(name)).map(value -> mapper.convertValue(value, type));
    }

    /** All of it, a copy. */
    public ObjectNode asTree() {
        var tree = JsonNodeFactory.instance.objectNode();
        values.forEach((name, value) -> tree.set(name, value.deepCopy()));
        return tree;
    }

    /** Takes over what another one said. */
    void restore(JsonNode tree) {
        tree.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    }
}
