package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.adapter.BroadcastOptions;
import dev.parley.socketio.adapter.SessionState;
import dev.parley.socketio.adapter.SocketSnapshot;
import dev.parley.socketio.adapter.Subscriber;
import dev.parley.socketio.protocol.Outgoing;
import dev.parley.socketio.protocol.Packet;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket of this node. Its listeners run in its client's mailbox; its state may change from any thread (the connection can be lost
 * while a listener runs), each change once. What listens is {@link SocketListeners}, what is sent goes through its {@link Outlet}, what asks is {@link Questions}.
 */
final class LiveSocket extends ListeningSocket implements Subscriber {

    private enum State {
        CONNECTING,
        CONNECTED,
        GONE
    }

    private final String id;
    /** Empty when lost connections are not recovered. */
    private final String pid;

    private final boolean recovered;
    private final LiveNamespace namespace;
    private final Client client;
    private final Handshake handshake;
    private final AtomicReference<State> state = new AtomicReference<>(State.CONNECTING);
    private final Outlet outlet;
    private final Questions questions;
    private final SocketListeners listeners;
    private final SocketData data;
    private final Map<Class<?>, Object> attributes = new ConcurrentHashMap<>(1);
    private final Emission plain;
    /** Where it was when it went, for those who are told that it goes. */
    private volatile Set<String> lastRooms = Set.of();

    private final BroadcastOptions itself;
    // the parts see it only when they are asked to do something
    @SuppressWarnings("this-escape")
    private LiveSocket(
            String id, String pid, boolean recovered, LiveNamespace namespace, Client client, Handshake handshake) {
        this.id = id;
        this.pid = pid;
        this.recovered = recovered;
        this.itself = BroadcastOptions.ALL.to(id).onlyLocal();
        this.namespace = namespace;
        this.client = client;
        this.handshake = handshake;
        this.outlet = new Outlet(this, namespace, client);
        this.questions = new Questions(namespace, client);
        this.listeners = new SocketListeners(this, namespace);
        this.data = new SocketData(
                namespace.arguments().mapper(),
                () -> namespace.observers().tell(listener -> listener.dataChanged(this)));
        this.plain = new Emission(this, true, false, namespace.settings().ackTimeout());
    }

    LiveSocket(String id, String pid, LiveNamespace namespace, Client client, Handshake handshake) {
        this(id, pid, false, namespace, client, handshake);
    }

    /** One that goes on where another one of the same client ended. */
    static LiveSocket resumed(SessionState state, LiveNamespace namespace, Client client, Handshake handshake) {
        var socket = new LiveSocket(state.socketId(), state.pid(), true, namespace, client, handshake);
        socket.data.restore(state.data());
        socket.attributes.putAll(state.attributes());
        socket.outlet.resume(state);
        return socket;
    }

    /** What is to be kept of it. */
    SessionState session() {
        var rooms = new HashSet<>(lastRooms);
        rooms.remove(id);
        return new SessionState(
                id, pid, rooms, data.asTree(), attributes, outlet.firstSequence(), outlet.lastSequence());
    }

    @Override
    SocketListeners listeners() {
        return listeners;
    }

    Outlet outlet() {
        return outlet;
    }

    String pid() {
        return pid;
    }

    Client client() {
        return client;
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

    @Override
    public boolean recovered() {
        return recovered;
    }

    // ---- connecting and leaving

    /** The CONNECT is accepted; false when the client left meanwhile. */
    boolean connect() {
        return state.compareAndSet(State.CONNECTING, State.CONNECTED);
    }

    /** The connection listeners have run. */
    void opened() {
        outlet.open();
    }

    /** Leaves rooms and namespace at once; its listeners hear of it when they have done with what came before. */
    void gone(DisconnectReason reason) {
        var before = state.getAndSet(State.GONE);
        if (before == State.GONE) {
            return;
        }
        lastRooms = namespace.adapter().socketRooms(this);
        namespace.remove(this, before == State.CONNECTED, reason);
        client.left(
                namespace.name(),
                this,
                before == State.CONNECTED && reason == DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        questions.abandonAll();
        if (before == State.CONNECTED) {
            namespace.observers().tell(listener -> listener.socketLeft(this, reason));
        }
        client.later(() -> {
            if (before == State.CONNECTED) {
                listeners.disconnecting(reason);
                lastRooms = Set.of();
                listeners.disconnected(reason);
            }
            lastRooms = Set.of();
            listeners.clear();
        });
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
            outlet.behind(() -> {
                outlet.open(); // what it was told before is not lost
                client.send(new Packet.Disconnect(namespace.name()));
            });
        }
        gone(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
    }

    // ---- rooms

    @Override
    public Set<String> rooms() {
        return isGone() ? lastRooms : namespace.adapter().socketRooms(this);
    }

    @Override
    public void join(String... rooms) {
        if (isGone()) {
            return;
        }
        check(rooms);
        namespace.adapter().addAll(this, List.of(rooms));
        if (isGone()) { // it left while it joined
            namespace.adapter().delAll(this);
        }
    }

    @Override
    public void join(Collection<String> rooms) {
        try {
            join(rooms.toArray(String[]::new));
        } catch (LimitExceeded exceeded) {
            System.getLogger(SocketServer.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            () -> "A socket of " + namespace.name() + " was not put into rooms: "
                                    + exceeded.getMessage());
        }
    }

    /** All of the rooms or none; threads that join at the same time may exceed the limit by what each of them joins. */
    private void check(String... rooms) {
        int max = namespace.settings().limits().maxRoomsPerSocket();
        var adapter = namespace.adapter();
        if (adapter.roomCount(this) + rooms.length <= max) {
            return;
        }
        var all = new HashSet<>(adapter.socketRooms(this));
        all.addAll(List.of(rooms));
        all.remove(id);
        if (all.size() > max) {
            throw new LimitExceeded("Too many rooms", "maxRoomsPerSocket", max);
        }
    }

    @Override
    public void leave(String room) {
        namespace.adapter().del(this, room);
    }

    // ---- sending

    @Override
    public Emitter compress(boolean allowed) {
        return plain.compress(allowed);
    }

    @Override
    public Emitter whenWritable() {
        return plain.whenWritable();
    }

    @Override
    public Emitter timeout(Duration timeout) {
        return plain.timeout(timeout);
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        emit(plain, event, arguments);
    }

    @Override
    public CompletionStage<List<JsonNode>> emitWithAck(String event, @Nullable Object... arguments) {
        return emitWithAck(plain, event, arguments);
    }

    void emit(Emission how, String event, @Nullable Object... arguments) {
        var message = message(Packet.NO_ACK, namespace.arguments().event(event, arguments), how);
        if (namespace.recovers() && connected() && !how.isVolatile()) {
            namespace.adapter().broadcast(message, itself);
        } else if (!isGone()) {
            outlet.send(message, how.isVolatile());
        }
    }

    CompletionStage<List<JsonNode>> emitWithAck(Emission how, String event, @Nullable Object... arguments) {
        long ackId = namespace.nextAckId();
        var message = message(ackId, namespace.arguments().event(event, arguments), how);
        var answer = questions.ask(ackId, how.patience());
        if (isGone()) {
            questions.abandonAll();
        } else if (!answer.isDone()) {
            outlet.send(message, how.isVolatile());
        }
        return answer;
    }

    private Outgoing message(long ackId, List<JsonNode> arguments, Emission how) {
        return Outgoing.of(new Packet.Event(namespace.name(), ackId, arguments), namespace.parser())
                .compress(how.compressed());
    }

    void acknowledge(long ackId, @Nullable Object... arguments) {
        var answer = namespace.arguments().acknowledgement(arguments);
        if (!isGone()) {
            outlet.write(namespace.encode(new Packet.Ack(namespace.name(), ackId, answer)));
        }
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
        return namespace.select(BroadcastOptions.ALL.except(id));
    }

    // ---- what others broadcast

    @Override
    public void deliver(Outgoing message, boolean isVolatile) {
        outlet.deliver(message, isVolatile);
    }

    @Override
    public void deliver(Outgoing message, Consumer<List<JsonNode>> answer) {
        questions.expect(message.packet().ackId(), answer);
        deliver(message, false);
    }

    @Override
    public void forget(long ackId) {
        questions.forget(ackId);
    }

    @Override
    public SocketSnapshot snapshot() {
        return new SocketSnapshot(id, client.request(), client.opened(), handshake.auth(), rooms(), data.asTree());
    }

    // ---- receiving, in the client's mailbox

    boolean isNonBlocking(Packet.Event packet) {
        return namespace.isNonBlocking(packet);
    }

    void receive(Packet.Event packet) {
        listeners.receive(packet);
    }

    int pendingAcks() {
        return questions.pending();
    }

    void receive(Packet.Ack packet) {
        questions.answer(packet.ackId(), packet.arguments());
    }

    /** The client sent what is no packet. */
    void broken(Throwable failure) {
        client.later(() -> listeners.error(failure));
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
