package dev.parley.socketio.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An event that the server emitted to a client. */
public final class Received {

    private final String event;
    private final List<JsonNode> arguments;
    private final @Nullable Consumer<@Nullable Object[]> answer;

    Received(String event, List<JsonNode> arguments, @Nullable Consumer<@Nullable Object[]> answer) {
        this.event = event;
        this.arguments = List.copyOf(arguments);
        this.answer = answer;
    }

    /** The event's name. */
    public String event() {
        return event;
    }

    /** The event's arguments in order, binary ones as nodes with bytes. */
    public List<JsonNode> arguments() {
        return arguments;
    }

    /** The argument at that index, or a missing node. */
    public JsonNode argument(int index) {
        return index < arguments.size() ? arguments.get(index) : MissingNode.getInstance();
    }

    /** Whether the server wants an acknowledgement. */
    public boolean asksForAnswer() {
        return answer != null;
    }

    /** @throws IllegalStateException when the server wants none */
    public void answer(@Nullable Object... values) {
        if (answer == null) {
            throw new IllegalStateException("\"" + event + "\" asked for no acknowledgement");
        }
        answer.accept(values);
    }

    /** As JSON: {@code ["said","hello"]}. */
    @Override
    public String toString() {
        var text = new StringBuilder("[\"").append(event).append('"');
        arguments.forEach(argument -> text.append(',').append(argument));
        return text.append(']').toString();
    }
}
