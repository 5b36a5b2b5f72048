package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.parley.socketio.protocol.Decoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an application passes to emit, as JSON. */
final class Arguments {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectMapper mapper;

    Arguments(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** @throws IllegalArgumentException when the name is reserved or an argument cannot be written */
    List<JsonNode> event(String name, @Nullable Object... arguments) {
        unreserved(name);
        var data = new ArrayList<JsonNode>(arguments.length + 1);
        data.add(NODES.textNode(name));
        addAll(data, arguments);
        return data;
    }

    List<JsonNode> acknowledgement(@Nullable Object... arguments) {
        var data = new ArrayList<JsonNode>(arguments.length);
        addAll(data, arguments);
        return data;
    }

    static void unreserved(String name) {
        if (Decoder.RESERVED.contains(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is a reserved event name");
        }
    }

    ObjectMapper mapper() {
        return mapper;
    }

    private void addAll(List<JsonNode> data, @Nullable Object... arguments) {
        for (var argument : arguments) {
            data.add(node(argument));
        }
    }

    JsonNode node(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case JsonNode node -> node;
            case String text -> NODES.textNode(text);
            case Integer number -> NODES.numberNode(number.intValue());
            case Long number -> NODES.numberNode(number.longValue());
            case Boolean bool -> NODES.booleanNode(bool);
            case byte[] bytes -> BinaryNode.valueOf(bytes.clone());
            case ByteBuffer buffer -> BinaryNode.valueOf(bytes(buffer));
            default -> mapper.<JsonNode>valueToTree(value);
        };
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
