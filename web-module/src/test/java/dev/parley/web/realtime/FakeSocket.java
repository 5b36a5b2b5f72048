package dev.parley.web.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.parley.socketio.Broadcast;
import dev.parley.socketio.Connection;
import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.EventListener;
import dev.parley.socketio.Handshake;
import dev.parley.socketio.Namespace;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A socket without a client: keeps what is emitted. */
final class FakeSocket implements Socket {

    /** What the client would have received. */
    record Emitted(String event, List<Object> arguments) {}

    final List<Emitted> emitted = new ArrayList<>();
    private final String id;
    private final JsonNode auth;
    private final Set<String> rooms = new HashSet<>();
    private final SocketData data = SocketData.detached(new ObjectMapper());
    private final Map<Class<?>, Object> attributes = new HashMap<>();
    private boolean connected = true;

    FakeSocket(String id) {
        this(id, JsonNodeFactory.instance.objectNode());
    }

    FakeSocket(String id, JsonNode auth) {
        this.id = id;
        this.auth = auth;
    }

    List<String> events() {
        return emitted.stream().map(Emitted::event).toList();
    }

    Object last() {
        return emitted.getLast().arguments().getFirst();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Namespace namespace() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Handshake handshake() {
        return new Handshake(Map.of(), Map.of(), "10.0.0.1", false, "/socket.io/", Instant.EPOCH, auth);
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
    public Set<String> rooms() {
        return rooms;
    }

    @Override
    public void join(String... names) {
        rooms.addAll(List.of(names));
    }

    @Override
    public void leave(String room) {
        rooms.remove(room);
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        emitted.add(new Emitted(event, List.of(arguments)));
    }

    @Override
    public void volatileEmit(String event, @Nullable Object... arguments) {
        emit(event, arguments);
    }

    @Override
    public CompletionStage<List<JsonNode>> emitWithAck(Duration timeout, String event, @Nullable Object... arguments) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Broadcast to(String... names) {
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

    @Override
    public void onAny(EventListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onDisconnect(Consumer<DisconnectReason> listener) {
        throw new UnsupportedOperationException();
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
        connected = false;
    }
}
