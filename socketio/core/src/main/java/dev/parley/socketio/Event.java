package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/**
 * What a client emitted.
 *
 * @param arguments its arguments; binary ones, also nested, are {@link com.fasterxml.jackson.databind.node.BinaryNode}s
 */
public record Event(String name, List<JsonNode> arguments, Acknowledgement acknowledgement) {

    public Event {
        arguments = List.copyOf(arguments);
    }

    /** The argument at that index, or a missing node. */
    public JsonNode argument(int index) {
        return index < arguments.size() ? arguments.get(index) : MissingNode.getInstance();
    }
}
