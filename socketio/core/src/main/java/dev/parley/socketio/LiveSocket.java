package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.CloseReason;
import dev.parley.engineio.Frame;
import dev.parley.socketio.adapter.BroadcastOptions;
import dev.parley.socketio.adapter.SocketSnapshot;
import dev.parley.socketio.adapter.Subscriber;
import dev.parley.socketio.protocol.Outgoing;
import dev.parley.socketio.protocol.Packet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket of this node. Its listeners run in its client's mailbox; its state may change from any thread (the connection can be lost
 * while a listener runs), each change once.
 */
final class LiveSocket implements Socket, Subscriber {

    private enum State {
        CONNECTING,
        CONNECTED,
        GONE
    }

    private final String id;
    private final LiveNamespace namespace;
    private final Client client;
    private final Handshake handshake;
    private final AtomicReference<State> state = new AtomicReference<>(State.CONNECTING);
    private final Deferral deferral;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final Map<String, List<EventListener>> listeners = new ConcurrentHashMap<>(1);
    private final List<EventListener> anyListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<DisconnectReason>> disconnectListeners = new CopyOnWriteArrayList<>();
    private final SocketData data;
    private final Map<Class<?>, Object> attributes = new ConcurrentHashMap<>(1);

    LiveSocket(String id, LiveNamespace namespace, Client client, Handshake handshake) {
        this.id = id;
        this.namespace = namespace;
        this.client = client;
        this.handshake = handshake;
        this.data = new SocketData(
                namespace.arguments().mapper(),
                () -> namespace.observers().tell(listener -> listener.dataChanged(this)));
        this.deferral = new Deferral(client.bufferLimit());
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
        return handshake;
    }

    @Override
    public Connection connection() {
        return client;
    }

    @Override
    public boolean connected() {
        return state.get() == State.CONNECTED;
    }

    // ---- connecting and leaving

    /** The CONNECT is accepted; false when the client left meanwhile. */
    boolean connect() {
        return state.compareAndSet(State.CONNECTING, State.CONNECTED);
    }

    /** The connection listeners have run. */
    void opened() {
        deferral.release(client::send);
    }

    /** Leaves rooms and namespace at once; its listeners hear of it when they have done with what came before. */
    void gone(DisconnectReason reason) {
        var before = state.getAndSet(State.GONE);
        if (before == State.GONE) {
            return;
        }
        namespace.remove(this);
        client.left(
                namespace.name(),
                this,
                before == State.CONNECTED && reason == DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        acknowledgements.abandonAll();
        if (before == State.CONNECTED) {
            namespace.observers().tell(listener -> listener.socketLeft(this, reason));
            client.later(() -> disconnectListeners.forEach(
                    listener -> namespace.guarded(this, "disconnect", () -> listener.accept(reason))));
        }
    }

    boolean isGone() {
        return state.get() == State.GONE;
    }

    @Override
    public void disconnect(boolean close) {
        if (close) {
            client.disconnect();
        } else {
            leaveNamespace();
        }
    }

    void leaveNamespace() {
        if (connected()) {
            client.send(new Packet.Disconnect(namespace.name()));
        }
        gone(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
    }

    // ---- rooms

    @Override
    public Set<String> rooms() {
        return namespace.adapter().socketRooms(this);
    }

    @Override
    public void join(String... rooms) {
        if (isGone()) {
            return;
        }
        namespace.adapter().addAll(this, List.of(rooms));
        if (isGone()) { // it left while it joined
            namespace.adapter().delAll(this);
        }
    }

    @Override
    public void leave(String room) {
        namespace.adapter().del(this, room);
    }

    // ---- sending

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        var data = namespace.arguments().event(event, arguments);
        var packet = event(Packet.NO_ACK, data);
        if (!isGone()) {
            sent(data);
            client.send(packet);
        }
    }

    @Override
    public void volatileEmit(String event, @Nullable Object... arguments) {
        var data = namespace.arguments().event(event, arguments);
        var packet = event(Packet.NO_ACK, data);
        if (!isGone()) {
            sent(data);
            client.sendVolatile(packet);
        }
    }

    @Override
    public CompletionStage<List<JsonNode>> emitWithAck(Duration timeout, String event, @Nullable Object... arguments) {
        long ackId = namespace.nextAckId();
        var data = namespace.arguments().event(event, arguments);
        var packet = event(ackId, data);
        var answer = new CompletableFuture<List<JsonNode>>();
        // The answer is expected before its time runs, which may be over at once.
        acknowledgements.expect(
                ackId, new Acknowledgements.Waiter(answer::complete, () -> fail(answer, "the client is gone")));
        var timer = namespace.timers().after(timeout, () -> {
            if (acknowledgements.forget(ackId)) {
                fail(answer, "no acknowledgement within " + timeout.toMillis() + " ms");
            }
        });
        var unused = answer.whenComplete((arrived, failure) -> timer.cancel());
        if (isGone()) {
            acknowledgements.abandonAll();
        } else {
            sent(data);
            client.send(packet);
        }
        return answer;
    }

    private void fail(CompletableFuture<List<JsonNode>> answer, String message) {
        // What the application does then must not run on the timer's thread.
        client.later(() -> answer.completeExceptionally(new Unanswered(message, List.of())));
    }

    private void sent(List<JsonNode> data) {
        if (namespace.observers().present()) {
            var name = data.getFirst().asText();
            var arguments = data.subList(1, data.size());
            namespace.observers().tell(listener -> listener.eventSent(this, name, arguments));
        }
    }

    private List<Frame> event(long ackId, List<JsonNode> data) {
        return namespace.encode(new Packet.Event(namespace.name(), ackId, data));
    }

    void acknowledge(long ackId, @Nullable Object... arguments) {
        var data = namespace.arguments().acknowledgement(arguments);
        if (!isGone()) {
            client.send(new Packet.Ack(namespace.name(), ackId, data));
        }
    }

    @Override
    public Broadcast to(String... rooms) {
        return others(BroadcastOptions.ALL.to(rooms));
    }

    @Override
    public Broadcast within(String room) {
        if (!rooms().contains(room)) {
            throw new IllegalStateException("the socket has not joined that room");
        }
        return to(room);
    }

    @Override
    public Broadcast broadcast() {
        return others(BroadcastOptions.ALL);
    }

    private Broadcast others(BroadcastOptions options) {
        return new Selection(namespace, options.except(id));
    }

    // ---- what others broadcast

    @Override
    public void deliver(Outgoing message, boolean isVolatile) {
        if (namespace.observers().present()) {
            sent(message.packet().arguments());
        }
        var packet = message.frames();
        switch (deferral.offer(packet)) {
            case HELD -> {}
            case FULL -> client.abort(CloseReason.SLOW_READER);
            case PASS -> {
                if (isVolatile) {
                    client.sendVolatile(packet);
                } else {
                    client.send(packet);
                }
            }
        }
    }

    @Override
    public void deliver(Outgoing message, Consumer<List<JsonNode>> answer) {
        acknowledgements.expect(message.packet().ackId(), new Acknowledgements.Waiter(answer, () -> {}));
        deliver(message, false);
    }

    @Override
    public SocketSnapshot snapshot() {
        return new SocketSnapshot(id, client.request(), client.opened(), handshake.auth(), rooms(), data.asTree());
    }

    @Override
    public void forget(long ackId) {
        acknowledgements.forget(ackId);
    }

    // ---- receiving, in the client's mailbox

    void receive(Packet.Event packet) {
        var name = packet.name();
        var arguments = packet.arguments().subList(1, packet.arguments().size());
        var event = new Event(name, arguments, new Reply(this, packet.ackId()));
        if (namespace.observers().present()) {
            namespace.observers().tell(listener -> listener.eventReceived(this, name, arguments));
        }
        anyListeners.forEach(listener -> namespace.guarded(this, name, () -> listener.on(event)));
        listeners
                .getOrDefault(name, List.of())
                .forEach(listener -> namespace.guarded(this, name, () -> listener.on(event)));
    }

    void receive(Packet.Ack packet) {
        acknowledgements.answer(packet.ackId(), packet.arguments());
    }

    @Override
    public void on(String event, EventListener listener) {
        if (event.isEmpty()) {
            throw new IllegalArgumentException("an event has a name");
        }
        listeners.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>()).add(listener);
    }

    @Override
    public void onAny(EventListener listener) {
        anyListeners.add(listener);
    }

    @Override
    public void onDisconnect(Consumer<DisconnectReason> listener) {
        disconnectListeners.add(listener);
    }

    // ---- what the application keeps

    @Override
    public SocketData data() {
        return data;
    }

    @Override
    public <T> Optional<T> attribute(Class<T> type) {
        return Optional.ofNullable(type.cast(attributes.get(type)));
    }

    @Override
    public <T> void attribute(Class<T> type, T value) {
        attributes.put(type, type.cast(value));
    }
}
