package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.engineio.CloseReason;
import dev.parley.engineio.Frame;
import dev.parley.engineio.Mailbox;
import dev.parley.engineio.ProtocolException;
import dev.parley.engineio.Session;
import dev.parley.engineio.Timers;
import dev.parley.engineio.Utf8;
import dev.parley.socketio.protocol.Packet;
import dev.parley.socketio.protocol.PacketReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * One connection and its sockets, one in each namespace joined. Decodes on the session's threads; all that may run code of the
 * application goes through its mailbox, in order.
 */
final class Client extends ObservedConnection {

    /** Until a full executor is asked again. */
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final LiveServer server;
    private final Session session;
    private final Observers observers;
    private final InboundAccount account;
    private final PacketReader decoder;
    private final Mailbox mailbox;
    private final Map<String, LiveSocket> sockets = new ConcurrentHashMap<>(2);
    /** Namespaces whose sockets the server disconnected: the client may not know yet. */
    private final RecentNames leftByServer;

    private final Timers.Timer connectTimeout;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    /** Namespaces that the client has said goodbye to, whether or not its mailbox has come to that. */
    private final RecentNames leaving;

    private volatile boolean closed;

    Client(LiveServer server, Session session, long number) {
        super(session, number, server.observers());
        this.server = server;
        this.session = session;
        this.observers = server.observers();
        this.account = new InboundAccount(session, server.engine().options().maxInboundBytes());
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
        if (!account.arrive(bytes)) {
            flooded(); // attachments count before the last has come
            return;
        }
        try {
            decode.get().ifPresent(this::accept);
        } catch (ProtocolException e) {
            sockets.values().forEach(socket -> socket.broken(e));
            abort(CloseReason.PARSE_ERROR, String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            // What it sent found a fault of ours: that must end its connection, and nothing else.
            System.getLogger(Client.class.getName()).log(System.Logger.Level.WARNING, "A packet could not be read", e);
            abort(CloseReason.PARSE_ERROR, "a packet that could not be read");
        }
    }

    private void accept(Packet packet) {
        note(packet);
        int bytes = account.take();
        if (account.isOverdrawn()) {
            flooded();
            return;
        }
        Runnable task = () -> {
            try {
                handle(packet, bytes);
            } finally {
                account.handled(bytes);
            }
        };
        if (packet instanceof Packet.Event event && isNonBlocking(event)) {
            mailbox.putInline(task);
        } else {
            mailbox.put(task);
        }
    }

    private void flooded() {
        abort(CloseReason.FLOOD, "maxInboundBytes is " + account.limit());
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
                                : DisconnectReason.of(reason)));
        mailbox.put(() -> {
            server.remove(this);
            finished.complete(null);
        });
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
            server.settings().limits().admit(packet, bytes, sockets.size());
            namespace = server.enter(packet.namespace(), auth);
        } catch (LimitExceeded exceeded) {
            refuse(packet.namespace(), exceeded.error());
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

    Handshake handshake(JsonNode auth) {
        return Handshake.of(request(), opened(), auth);
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
            close = () -> socket.outlet().behind(then);
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
