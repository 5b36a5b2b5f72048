package dev.parley.socketio.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The acknowledgement that a client has asked for. */
public final class Answer {

    private final TestClient client;
    private final String event;
    private @Nullable List<JsonNode> arguments;

    Answer(TestClient client, String event) {
        this.client = client;
        this.event = event;
    }

    void arrived(List<JsonNode> values) {
        arguments = List.copyOf(values);
    }

    /** What has come so far; never waits. */
    public Optional<List<JsonNode>> arrived() {
        return client.peek(() -> Optional.ofNullable(arguments));
    }

    /**
     * The acknowledgement's arguments.
     *
     * @throws AssertionError when none has come, over a network within the client's patience
     */
    public List<JsonNode> arguments() {
        return client.await("an acknowledgement of \"" + event + "\"", () -> Optional.ofNullable(arguments));
    }

    /** The first argument, a missing node when there is none. */
    public JsonNode value() {
        var all = arguments();
        return all.isEmpty() ? MissingNode.getInstance() : all.getFirst();
    }

    /** The first argument, read by Jackson. */
    public <T> T as(Class<T> type) {
        return client.read(value(), type);
    }
}
