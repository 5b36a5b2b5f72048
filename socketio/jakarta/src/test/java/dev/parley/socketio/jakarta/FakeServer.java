package dev.parley.socketio.jakarta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.engineio.Engine;
import dev.parley.socketio.Broadcast;
import dev.parley.socketio.ConnectionMiddleware;
import dev.parley.socketio.Namespace;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A server without a network: sockets connect and receive on the test's thread. */
final class FakeServer implements SocketServer {

    static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, FakeNamespace> namespaces = new TreeMap<>();

    @Override
    public FakeNamespace of(String name) {
        return namespaces.computeIfAbsent(name, FakeNamespace::new);
    }

    @Override
    public Engine engine() {
        throw new UnsupportedOperationException("no engine here");
    }

    @Override
    public void close() {}

    /** Connects as the real server does: middlewares, then connection listeners. */
    FakeSocket connect(String namespace) {
        FakeNamespace target = of(namespace);
        FakeSocket socket = new FakeSocket("socket-" + (target.sockets.size() + 1), target);
        target.middlewares.forEach(middleware -> middleware.accept(socket));
        target.sockets.add(socket);
        socket.connected = true;
        target.listeners.forEach(listener -> listener.accept(socket));
        return socket;
    }

    static JsonNode json(Object value) {
        return JSON.valueToTree(value);
    }

    static final class FakeNamespace implements Namespace {

        private final String name;
        private final List<ConnectionMiddleware> middlewares = new ArrayList<>();
        private final List<Consumer<Socket>> listeners = new ArrayList<>();
        private final List<Socket> sockets = new ArrayList<>();

        FakeNamespace(String name) {
            this.name = name;
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
            listeners.add(listener);
            return this;
        }

        @Override
        public Collection<Socket> sockets() {
            return List.copyOf(sockets);
        }

        @Override
        public Optional<Socket> socket(String id) {
            return sockets.stream().filter(socket -> socket.id().equals(id)).findFirst();
        }

        @Override
        public Broadcast to(String... rooms) {
            throw new UnsupportedOperationException("no broadcasts here");
        }

        @Override
        public Broadcast all() {
            throw new UnsupportedOperationException("no broadcasts here");
        }
    }
}
