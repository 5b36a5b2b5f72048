package dev.parley.socketio.jakarta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.parley.socketio.Acknowledgement;
import dev.parley.socketio.Broadcast;
import dev.parley.socketio.Connection;
import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.Event;
import dev.parley.socketio.EventListener;
import dev.parley.socketio.Handshake;
import dev.parley.socketio.Namespace;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

final class FakeSocket implements Socket {

    private final String id;
    private final Namespace namespace;
    private final List<EventListener> listeners = new ArrayList<>();
    private final List<Consumer<DisconnectReason>> departures = new ArrayList<>();
    private final SocketData data = SocketData.detached(FakeServer.JSON);
    private final Map<Class<?>, Object> attributes = new HashMap<>();
    final List<String> emitted = new ArrayList<>();
    boolean connected;

    FakeSocket(String id, Namespace namespace) {
        this.id = id;
        this.namespace = namespace;
    }

    /** An event with an acknowledgement; its arguments as JSON. */
    Answer ask(String event, Object... arguments) {
        return receive(event, true, arguments);
    }

    /** An event without an acknowledgement. */
    Answer tell(String event, Object... arguments) {
        return receive(event, false, arguments);
    }

    private Answer receive(String event, boolean asked, Object... arguments) {
        Answer answer = new Answer(asked);
        List<JsonNode> nodes = Arrays.stream(arguments).map(FakeServer::json).toList();
        listeners.forEach(listener -> listener.on(new Event(event, nodes, answer)));
        return answer;
    }

    void leave(DisconnectReason reason) {
        connected = false;
        departures.forEach(departure -> departure.accept(reason));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Namespace namespace() {
        return namespace;
    }

    @Override
    public Handshake handshake() {
        return new Handshake(
                Map.of("user-agent", List.of("test")),
                Map.of(),
                "192.0.2.1",
                false,
                "/socket.io/",
                Instant.EPOCH,
                JsonNodeFactory.instance.objectNode());
    }

    @Override
    public Connection connection() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketData data() {
        return data;
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public void emit(String event, Object... arguments) {
        emitted.add(event);
    }

    @Override
    public void onAny(EventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void onDisconnect(Consumer<DisconnectReason> listener) {
        departures.add(listener);
    }

    @Override
    public <T> Optional<T> attribute(Class<T> type) {
        return Optional.ofNullable(type.cast(attributes.get(type)));
    }

    @Override
    public <T> void attribute(Class<T> type, T value) {
        attributes.put(type, value);
    }

    @Override
    public void disconnect(boolean close) {
        leave(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
    }

    @Override
    public Set<String> rooms() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void join(String... rooms) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void leave(String room) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void volatileEmit(String event, Object... arguments) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<JsonNode>> emitWithAck(Duration timeout, String event, Object... arguments) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Broadcast to(String... rooms) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Broadcast within(String room) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Broadcast broadcast() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void on(String event, EventListener listener) {
        throw new UnsupportedOperationException();
    }

    /** What came back; like the real one it takes only the first. */
    static final class Answer implements Acknowledgement {

        private final boolean requested;
        private Optional<List<Object>> arguments = Optional.empty();

        Answer(boolean requested) {
            this.requested = requested;
        }

        @Override
        public boolean requested() {
            return requested;
        }

        @Override
        public void send(Object... values) {
            if (arguments.isEmpty()) {
                arguments = Optional.of(Arrays.asList(values));
            }
        }

        /** The arguments of the acknowledgement, empty while there is none. */
        Optional<List<Object>> arguments() {
            return arguments;
        }
    }
}
