package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.engineio.Frame;
import dev.parley.engineio.Timers;
import dev.parley.socketio.adapter.Adapter;
import dev.parley.socketio.adapter.BroadcastOptions;
import dev.parley.socketio.adapter.Home;
import dev.parley.socketio.adapter.RoomListener;
import dev.parley.socketio.adapter.SessionState;
import dev.parley.socketio.protocol.Packet;
import dev.parley.socketio.protocol.Parser;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A namespace of this node. */
final class LiveNamespace extends ConfigurableNamespace implements Home {

    /** Instead of a number of tenants: it takes no more. */
    private static final int RETIRED = -1;

    private final String name;
    private final LiveServer server;
    private final @Nullable LiveParent parent;
    /** Whether it exists because a client asked for it. */
    private final boolean isForClient;

    private final Map<String, LiveSocket> sockets = new ConcurrentHashMap<>();
    private final AtomicInteger tenants = new AtomicInteger();
    /** Whether it stands among those that the last one has left. */
    private final AtomicBoolean isKnownVacant = new AtomicBoolean();

    private final AtomicLong ackIds = new AtomicLong();
    private final Adapter adapter;
    /** Null when lost connections are not recovered. */
    private final @Nullable Comebacks comebacks;

    // the namespace is whole when the adapter gets to see it
    @SuppressWarnings("this-escape")
    LiveNamespace(
            String name,
            LiveServer server,
            Adapter.Factory adapters,
            @Nullable LiveParent parent,
            boolean isForClient) {
        this.name = name;
        this.server = server;
        this.parent = parent;
        this.isForClient = isForClient;
        var recovery = server.settings().recovery();
        this.comebacks = recovery == null ? null : new Comebacks(this, recovery);
        this.adapter = adapters.create(this);
    }

    // ---- for the application

    @Override
    public String name() {
        return name;
    }

    boolean isNonBlocking(Packet.Event event) {
        return !setup().nonBlocking.isEmpty() && setup().nonBlocking.contains(event.name());
    }

    @Override
    public Collection<Socket> sockets() {
        return List.copyOf(sockets.values());
    }

    @Override
    public Optional<Socket> socket(String id) {
        return Optional.ofNullable(sockets.get(id));
    }

    @Override
    public Broadcast all() {
        return select(BroadcastOptions.ALL);
    }

    Broadcast select(BroadcastOptions options) {
        return new Selection(this, options, settings().ackTimeout());
    }

    @Override
    public void serverSideEmit(String event, @Nullable Object... arguments) {
        adapter.serverSideEmit(arguments().event(event, arguments));
    }

    @Override
    public CompletionStage<List<List<JsonNode>>> serverSideEmitWithAck(
            Duration timeout, String event, @Nullable Object... arguments) {
        var data = arguments().event(event, arguments);
        return Gathering.ask(this, timeout, answers -> adapter.serverSideEmit(data, timeout, answers));
    }

    // ---- tenants: sockets that are connecting or connected

    /** False when the namespace is gone. */
    boolean enter() {
        return tenants.updateAndGet(count -> count == RETIRED ? RETIRED : count + 1) != RETIRED;
    }

    private void leave() {
        if (tenants.decrementAndGet() > 0 || parent == null) {
            return;
        }
        if (settings().cleanup()) {
            retire(parent);
        } else if (isForClient && isKnownVacant.compareAndSet(false, true)) {
            server.vacated(this);
        }
    }

    private boolean retire(LiveParent from) {
        boolean retired = tenants.compareAndSet(0, RETIRED);
        if (retired) {
            server.forget(this, from);
        }
        return retired;
    }

    /** Goes, if nobody is in it; false when somebody is or it went before. */
    boolean retireVacant() {
        isKnownVacant.set(false); // first: who leaves from now on says so again
        return parent != null && retire(parent);
    }

    boolean isForClient() {
        return isForClient;
    }

    /** The socket with which a client connects: the one it had, if it may go on, or a new one. */
    Arrival arrive(Client client, JsonNode auth) {
        var back = comebacks == null ? Optional.<Arrival>empty() : comebacks.find(client, auth);
        return back.orElseGet(() -> Arrival.fresh(new LiveSocket(
                server.newId(), comebacks == null ? "" : server.newId(), this, client, client.handshake(auth))));
    }

    /** Whether lost connections are recovered: then all events to a client go through the adapter, which keeps them. */
    boolean recovers() {
        return comebacks != null;
    }

    /** Asks the middlewares, answers the CONNECT and tells the listeners; runs in the client's mailbox. */
    void admit(Arrival arrival, Client client) {
        var socket = arrival.socket();
        for (var middleware : arrival.known()
                ? List.<ConnectionMiddleware>of()
                : setup().middlewares.all()) {
            try {
                middleware.accept(socket);
            } catch (ConnectionRefused refused) {
                refuse(socket, client, refusal(refused));
                return;
            } catch (RuntimeException | Error failure) {
                failed(socket, "middleware", failure);
                refuse(socket, client, message("Internal error"));
                return;
            }
        }
        sockets.put(socket.id(), socket);
        if (!socket.connect()) {
            sockets.remove(socket.id(), socket);
            adapter.delAll(socket);
            return;
        }
        socket.join();
        client.joined();
        arrival.missed().forEach(socket.outlet()::catchUp);
        var answer = JsonNodeFactory.instance.objectNode().put("sid", socket.id());
        if (comebacks != null) {
            answer.put("pid", socket.pid());
            comebacks.connected(socket);
            if (socket.recovered()) {
                server.observers().tell(listener -> listener.recovered(socket));
            }
        }
        client.send(new Packet.Connect(name, answer));
        server.observers().tell(listener -> listener.connectAccepted(socket));
        setup().connect.all().forEach(listener -> guarded(socket, "connect", () -> listener.accept(socket)));
        socket.opened();
    }

    private void refuse(LiveSocket socket, Client client, ObjectNode error) {
        if (!socket.isGone()) {
            client.refuse(name, error);
            socket.gone(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        }
    }

    private ObjectNode refusal(ConnectionRefused refused) {
        var text = refused.getMessage();
        var error = message(text == null ? "refused" : text);
        refused.data().ifPresent(data -> error.set("data", server.arguments().node(data)));
        return error;
    }

    static ObjectNode message(String text) {
        return JsonNodeFactory.instance.objectNode().put("message", text);
    }

    /** Called once for each that entered. */
    void remove(LiveSocket socket, boolean wasConnected, DisconnectReason reason) {
        sockets.remove(socket.id(), socket);
        if (comebacks != null && wasConnected && Comebacks.isRecoverable(reason)) {
            adapter.persistSession(socket, socket::session);
        } else {
            adapter.delAll(socket);
        }
        if (comebacks != null) {
            comebacks.left(socket);
        }
        leave();
    }

    /** Runs a listener; what it throws is reported and goes no further. */
    void guarded(LiveSocket socket, String place, Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error failure) {
            failed(socket, place, failure);
        }
    }

    void failed(LiveSocket socket, String place, Throwable failure) {
        server.failed(socket, place, failure);
    }

    Adapter adapter() {
        return adapter;
    }

    Arguments arguments() {
        return server.arguments();
    }

    Settings settings() {
        return server.settings();
    }

    Observers observers() {
        return server.observers();
    }

    List<Frame> encode(Packet packet) {
        return server.encode(packet);
    }

    // ---- for the adapter

    @Override
    public String namespace() {
        return name;
    }

    @Override
    public Parser parser() {
        return server.parser();
    }

    @Override
    public Optional<RoomListener> rooms() {
        return server.observers().present() ? Optional.of(new RoomNews(name, server.observers())) : Optional.empty();
    }

    @Override
    public void sessionExpired(SessionState session) {
        if (comebacks != null) {
            comebacks.expired(session);
        }
    }

    @Override
    public void serverSideEvent(List<JsonNode> data, @Nullable Consumer<List<JsonNode>> answer) {
        var event = new Event(
                data.getFirst().asText(),
                data.subList(1, data.size()),
                answer == null ? Unasked.ANSWER : new ServerReply(server.arguments(), answer));
        for (var listener : setup().serverSide.of(event.name())) {
            server.executor().execute(() -> {
                try {
                    listener.on(event);
                } catch (RuntimeException | Error failure) {
                    System.getLogger(SocketServer.class.getName())
                            .log(
                                    System.Logger.Level.ERROR,
                                    () -> "Server-side listener of \"" + event.name() + "\" failed in " + name,
                                    failure);
                }
            });
        }
    }

    @Override
    public Timers timers() {
        return server.timers();
    }

    @Override
    public Executor executor() {
        return server.executor();
    }

    @Override
    public long nextAckId() {
        return ackIds.getAndIncrement();
    }
}
