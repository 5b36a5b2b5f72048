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
import dev.parley.socketio.protocol.Packet;
import dev.parley.socketio.protocol.Parser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A namespace of this node. */
final class LiveNamespace implements Namespace, Home {

    private final String name;
    private final LiveServer server;
    private final Adapter adapter;
    private final List<ConnectionMiddleware> middlewares = new CopyOnWriteArrayList<>();
    private final List<Consumer<Socket>> connectListeners = new CopyOnWriteArrayList<>();
    private final Map<String, LiveSocket> sockets = new ConcurrentHashMap<>();
    private final AtomicLong ackIds = new AtomicLong();

    // the namespace is whole when the adapter gets to see it
    @SuppressWarnings("this-escape")
    LiveNamespace(String name, LiveServer server, Adapter.Factory adapters) {
        this.name = name;
        this.server = server;
        this.adapter = adapters.create(this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Namespace use(ConnectionMiddleware middleware) {
        middlewares.add(middleware);
        return this;
    }

    @Override
    public Namespace onConnect(Consumer<Socket> listener) {
        connectListeners.add(listener);
        return this;
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
    public Broadcast to(String... rooms) {
        return new Selection(this, BroadcastOptions.ALL.to(rooms));
    }

    @Override
    public Broadcast all() {
        return new Selection(this, BroadcastOptions.ALL);
    }

    /** Asks the middlewares, answers the CONNECT and tells the listeners; runs in the client's mailbox. */
    void admit(LiveSocket socket, Client client) {
        for (var middleware : middlewares) {
            try {
                middleware.accept(socket);
            } catch (ConnectionRefused refused) {
                refuse(socket, client, refusal(refused));
                return;
            } catch (RuntimeException | Error failure) {
                server.failed(socket, "middleware", failure);
                refuse(socket, client, message("Internal error"));
                return;
            }
        }
        sockets.put(socket.id(), socket);
        if (!socket.connect()) {
            remove(socket);
            return;
        }
        socket.join();
        client.joined();
        client.send(
                new Packet.Connect(name, JsonNodeFactory.instance.objectNode().put("sid", socket.id())));
        server.observers().tell(listener -> listener.connectAccepted(socket));
        connectListeners.forEach(listener -> guarded(socket, "connect", () -> listener.accept(socket)));
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

    void remove(LiveSocket socket) {
        sockets.remove(socket.id(), socket);
        adapter.delAll(socket);
    }

    /** Runs a listener; what it throws is reported and goes no further. */
    void guarded(LiveSocket socket, String place, Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error failure) {
            server.failed(socket, place, failure);
        }
    }

    Adapter adapter() {
        return adapter;
    }

    List<Frame> encode(Packet packet) {
        return server.encode(packet);
    }

    Arguments arguments() {
        return server.arguments();
    }

    Observers observers() {
        return server.observers();
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
    public void serverSideEvent(List<JsonNode> data, @Nullable Consumer<List<JsonNode>> answer) {
        // no listeners yet
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
