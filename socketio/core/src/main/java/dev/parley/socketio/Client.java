package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.engineio.CloseReason;
import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.Frame;
import dev.parley.engineio.Mailbox;
import dev.parley.engineio.ProtocolException;
import dev.parley.engineio.Session;
import dev.parley.engineio.SessionListener;
import dev.parley.engineio.Timers;
import dev.parley.engineio.TransportName;
import dev.parley.engineio.Utf8;
import dev.parley.socketio.protocol.Packet;
import dev.parley.socketio.protocol.PacketReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One connection and its sockets, one in each namespace joined. Decodes on the session's threads; all that may run code of the
 * application goes through its mailbox, in order.
 */
final class Client implements SessionListener, Connection {

    /** What a small packet costs in memory besides its text. */
    private static final int OVERHEAD = 128;
    /** Until a full executor is asked again. */
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final LiveServer server;
    private final Session session;
    private final Instant opened = Instant.now();
    private final long number;
    private final Observers observers;
    private final PacketReader decoder;
    private final Mailbox mailbox;
    private final Map<String, LiveSocket> sockets = new ConcurrentHashMap<>(2);
    /** Namespaces whose sockets the server disconnected: the client may not know yet. */
    private final RecentNames leftByServer;

    private final Timers.Timer connectTimeout;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean suspended = new AtomicBoolean();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    /** Of a packet whose attachments have not all come. */
    private int arriving;
    /** Namespaces that the client has said goodbye to, whether or not its mailbox has come to that. */
    private final RecentNames leaving;

    private volatile boolean closed;

    Client(LiveServer server, Session session, long number) {
        this.server = server;
        this.session = session;
        this.number = number;
        this.observers = server.observers();
        this.decoder = server.parser().reader();
        int namespaces = server.settings().limits().maxNamespacesPerConnection();
        this.leftByServer = new RecentNames(namespaces);
        this.leaving = new RecentNames(namespaces);
        this.mailbox = Mailbox.on(this::execute);
        this.connectTimeout = server.timers().after(server.settings().connectTimeout(), this::joinedNothing);
    }

    private void joinedNothing() {
        session.close("connectTimeout is " + server.settings().connectTimeout().toMillis() + " ms");
    }

    /**
     * Where no thread takes the client's work, the client is refused. What is left of it, its farewell at least, waits until there is a
     * thread: whoever calls here may be the server's reader or its clock and must not run handlers.
     */
    private void execute(Runnable work) {
        try {
            server.executor().execute(work);
        } catch (RejectedExecutionException e) {
            if (server.isClosing()) {
                work.run();
            } else {
                abort(CloseReason.OVERLOAD, "no thread takes its packets");
                var unused = server.timers().after(AGAIN, () -> execute(work));
            }
        }
    }

    // ---- from the session, in its order

    @Override
    public void text(String message) {
        receive(Utf8.length(message), () -> decoder.text(message));
    }

    @Override
    public void binary(ByteBuffer message) {
        receive(message.remaining(), () -> decoder.binary(message));
    }

    private void receive(int bytes, Supplier<Optional<Packet>> decode) {
        if (closed) {
            return;
        }
        arriving += bytes;
        if (waiting.get() + (long) arriving > server.engine().options().maxInboundBytes()) {
            flooded(); // attachments count before the last has come
            return;
        }
        try {
            decode.get().ifPresent(packet -> {
                int cost = arriving + OVERHEAD;
                arriving = 0;
                accept(packet, cost);
            });
        } catch (ProtocolException e) {
            sockets.values().forEach(socket -> socket.broken(e));
            abort(CloseReason.PARSE_ERROR, String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            // What it sent found a fault of ours: that must end its connection, and nothing else.
            System.getLogger(Client.class.getName()).log(System.Logger.Level.WARNING, "A packet could not be read", e);
            abort(CloseReason.PARSE_ERROR, "a packet that could not be read");
        }
    }

    private void accept(Packet packet, int cost) {
        note(packet);
        int limit = server.engine().options().maxInboundBytes();
        int sum = waiting.addAndGet(cost);
        if (sum > limit) {
            flooded();
            return;
        }
        if (sum > limit / 4 && suspended.compareAndSet(false, true)) {
            session.suspendReading();
            if (!suspended.get()) { // the handlers have caught up in between, and what they said may have come before
                session.resumeReading();
            }
        }
        Runnable task = () -> {
            try {
                handle(packet, cost - OVERHEAD);
            } finally {
                handled(cost, limit);
            }
        };
        if (packet instanceof Packet.Event event && isNonBlocking(event)) {
            mailbox.putInline(task);
        } else {
            mailbox.put(task);
        }
    }

    private void flooded() {
        abort(
                CloseReason.FLOOD,
                "maxInboundBytes is " + server.engine().options().maxInboundBytes());
    }

    /** A client that leaves closes its connection right behind, which is told before slow handlers let its goodbye be heard. */
    private void note(Packet packet) {
        if (packet instanceof Packet.Disconnect goodbye) {
            leaving.add(goodbye.namespace());
        } else if (packet instanceof Packet.Connect connect) {
            leaving.remove(connect.namespace());
        }
    }

    private boolean isNonBlocking(Packet.Event event) {
        var socket = sockets.get(event.namespace());
        return socket != null && socket.isNonBlocking(event);
    }

    private void handled(int cost, int limit) {
        if (waiting.addAndGet(-cost) <= limit / 8 && suspended.compareAndSet(true, false)) {
            session.resumeReading();
            if (suspended.get()) {
                session.suspendReading();
            }
        }
    }

    @Override
    public void closed(CloseReason reason) {
        closed = true;
        connectTimeout.cancel();
        if (observers.present()) {
            if (reason == CloseReason.SLOW_READER) {
                observers.tell(listener -> listener.slowReaderDropped(this));
            }
            observers.tell(listener -> listener.connectionClosed(this, reason));
        }
        sockets.values()
                .forEach(socket -> socket.gone(
                        leaving.contains(socket.namespace().name())
                                ? DisconnectReason.CLIENT_NAMESPACE_DISCONNECT
                                : reasonOf(reason)));
        mailbox.put(() -> {
            server.remove(this);
            finished.complete(null);
        });
    }

    private static DisconnectReason reasonOf(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_ERROR -> DisconnectReason.TRANSPORT_ERROR;
            case TRANSPORT_CLOSE -> DisconnectReason.TRANSPORT_CLOSE;
            case PING_TIMEOUT -> DisconnectReason.PING_TIMEOUT;
            case PARSE_ERROR -> DisconnectReason.PARSE_ERROR;
            case FORCED_CLOSE -> DisconnectReason.FORCED_SERVER_CLOSE;
            case SHUTTING_DOWN -> DisconnectReason.SERVER_SHUTTING_DOWN;
            case SLOW_READER -> DisconnectReason.SLOW_READER;
            case FLOOD -> DisconnectReason.FLOOD;
            case OVERLOAD -> DisconnectReason.OVERLOAD;
        };
    }

    // ---- for those who watch

    @Override
    public boolean observes() {
        return observers.present();
    }

    @Override
    public void upgraded() {
        observers.tell(listener -> listener.connectionUpgraded(this));
    }

    @Override
    public void received(int bytes) {
        observers.tell(listener -> listener.packetsReceived(this, 1, bytes));
    }

    @Override
    public void sent(int packets, long bytes) {
        observers.tell(listener -> listener.packetsSent(this, packets, bytes));
    }

    @Override
    public String id() {
        return Long.toString(number, Character.MAX_RADIX);
    }

    @Override
    public TransportName transport() {
        return session.transport();
    }

    @Override
    public EngineRequest request() {
        return session.request();
    }

    @Override
    public Instant opened() {
        return opened;
    }

    @Override
    public Collection<Socket> sockets() {
        return List.copyOf(sockets.values());
    }

    // ---- in the mailbox

    private void handle(Packet packet, int bytes) {
        var socket = sockets.get(packet.namespace());
        switch (packet) {
            case Packet.Connect connect -> {
                if (socket == null) {
                    connect(connect, bytes);
                } else {
                    abort(CloseReason.PARSE_ERROR, "a second CONNECT to one namespace");
                }
            }
            case Packet.Event event -> {
                if (socket != null) {
                    socket.receive(event);
                } else {
                    strayed(packet);
                }
            }
            case Packet.Ack ack -> {
                if (socket != null) {
                    socket.receive(ack);
                } else {
                    strayed(packet);
                }
            }
            case Packet.Disconnect disconnect -> {
                if (socket != null) {
                    socket.gone(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
                } else {
                    strayed(packet);
                }
            }
            case Packet.ConnectError error -> abort(CloseReason.PARSE_ERROR, "CONNECT_ERROR from a client");
        }
    }

    private void connect(Packet.Connect packet, int bytes) {
        if (closed) {
            return;
        }
        Optional<LiveNamespace> namespace;
        var auth = packet.auth() == null ? JsonNodeFactory.instance.objectNode() : packet.auth();
        try {
            check(packet, bytes);
            namespace = server.enter(packet.namespace(), auth);
        } catch (LimitExceeded exceeded) {
            refuse(packet.namespace(), error(exceeded));
            return;
        }
        if (namespace.isEmpty()) {
            refuse(packet.namespace(), LiveNamespace.message("Invalid namespace"));
            return;
        }
        var arrival = namespace.get().arrive(this, auth);
        var socket = arrival.socket();
        leftByServer.remove(packet.namespace());
        sockets.put(packet.namespace(), socket);
        if (closed) { // it may not have seen the new socket
            socket.gone(DisconnectReason.TRANSPORT_CLOSE);
            return;
        }
        namespace.get().admit(arrival, this);
    }

    /** @throws LimitExceeded when that is too much for one client */
    private void check(Packet.Connect packet, int bytes) {
        var limits = server.settings().limits();
        if (packet.namespace().length() > limits.maxNamespaceLength()) {
            throw new LimitExceeded("Namespace too long", "maxNamespaceLength", limits.maxNamespaceLength());
        }
        if (bytes > limits.maxAuthBytes()) {
            throw new LimitExceeded("Auth payload too large", "maxAuthBytes", limits.maxAuthBytes());
        }
        if (sockets.size() >= limits.maxNamespacesPerConnection()) {
            throw new LimitExceeded(
                    "Too many namespaces", "maxNamespacesPerConnection", limits.maxNamespacesPerConnection());
        }
    }

    private static ObjectNode error(LimitExceeded exceeded) {
        var error = LiveNamespace.message(String.valueOf(exceeded.getMessage()));
        error.putObject("data")
                .put("code", "limit_exceeded")
                .put("limit", exceeded.limit())
                .put("max", exceeded.max());
        return error;
    }

    Handshake handshake(JsonNode auth) {
        return Handshake.of(request(), opened, auth);
    }

    /** Answers a CONNECT with an error. */
    void refuse(String namespace, ObjectNode error) {
        send(new Packet.ConnectError(namespace, error));
        observers.tell(listener ->
                listener.connectRefused(this, namespace, error.path("message").asText()));
    }

    /** A packet of a namespace that the client is not in. */
    private void strayed(Packet packet) {
        if (!leftByServer.contains(packet.namespace())) {
            abort(CloseReason.PARSE_ERROR, "a packet of a namespace that was not joined");
        }
    }

    // ---- from any thread

    void send(Packet packet) {
        send(server.encode(packet));
    }

    void send(List<Frame> packet) {
        session.send(packet);
    }

    void sendVolatile(List<Frame> packet) {
        session.sendVolatile(packet);
    }

    void later(Runnable task) {
        mailbox.put(task);
    }

    void joined() {
        connectTimeout.cancel();
    }

    /** A socket is gone; when the whole connection is, it still gets the events that had arrived before. */
    void left(String namespace, LiveSocket socket, boolean byServer) {
        if (!closed) {
            if (byServer) {
                leftByServer.add(namespace);
            }
            sockets.remove(namespace, socket);
        }
    }

    /** Leaves all namespaces and closes the connection. */
    void disconnect() {
        var all = List.copyOf(sockets.values());
        all.forEach(LiveSocket::leaveNamespace);
        Runnable close = session::close;
        for (var socket : all) {
            var then = close;
            close = () -> socket.behind(then);
        }
        close.run();
    }

    void abort(CloseReason reason) {
        session.abort(reason);
    }

    void abort(CloseReason reason, String why) {
        session.abort(reason, why);
    }

    int bufferLimit() {
        return server.engine().options().maxBufferedBytes();
    }

    /** When the connection is closed and all its listeners have run. */
    CompletableFuture<Void> finished() {
        return finished;
    }
}
