package dev.parley.socketio.testkit;

import dev.parley.engineio.Admission;
import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.Refusal;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.SocketServerBuilder;
import dev.parley.socketio.protocol.Parser;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The real server without a network and without threads: clients connect in memory, handlers run on the test's thread, and time
 * stands still until {@link #advance}. When a call returns, everything that follows from it has happened. A handler must not wait
 * for what a client does later: there is nobody else to run it.
 */
public final class TestServer implements AutoCloseable {

    private final ManualTime time;
    private final SocketServer server;
    private int clients;

    private TestServer(ManualTime time, SocketServer server) {
        this.time = time;
        this.server = server;
    }

    /** A server with the defaults. */
    public static TestServer create() {
        return create(builder -> {});
    }

    /** @param options what is not to be as usual */
    public static TestServer create(Consumer<SocketServerBuilder> options) {
        var time = new ManualTime();
        var builder = SocketServer.builder(new Turns(), time).clock(time::nanos);
        options.accept(builder);
        return new TestServer(time, builder.build());
    }

    /** Makes the builder's server one that this kit can drive, where somebody else builds it. */
    static ManualTime tame(SocketServerBuilder builder) {
        var time = new ManualTime();
        builder.threads(new Turns(), time).clock(time::nanos);
        return time;
    }

    static TestServer of(ManualTime time, SocketServer server) {
        return new TestServer(time, server);
    }

    /** The server under test, to emit from and to look at. */
    public SocketServer server() {
        return server;
    }

    /** Lets time pass: pings, timeouts, whatever is due until then. */
    public void advance(Duration passed) {
        time.advance(passed);
    }

    /** A client in the default namespace. */
    public TestSocket join() {
        return client().connect().join();
    }

    /** A new client that has joined that namespace with that auth payload; null for none. */
    public TestSocket join(String namespace, @Nullable Object auth) {
        return client().connect().join(namespace, auth);
    }

    /** The server's side of that client. */
    public Socket socket(TestSocket client) {
        return server.of(client.namespace())
                .socket(client.id())
                .orElseThrow(() -> new AssertionError("the server does not know socket " + client.id()));
    }

    /** A client that says of its request what it likes. */
    public ClientBuilder client() {
        return new ClientBuilder("192.0.2." + (++clients % 250 + 1));
    }

    /** Disconnects everybody ({@code server shutting down}). */
    @Override
    public void close() {
        server.close();
        time.shutdown();
    }

    /** The request that opens a connection. */
    public final class ClientBuilder {

        private final Map<String, List<String>> headers = new LinkedHashMap<>();
        private final Map<String, List<String>> query = new LinkedHashMap<>();
        private String address;
        private boolean secure;
        private Parser parser = TestClient.json();

        private ClientBuilder(String address) {
            this.address = address;
            query.put("EIO", List.of("4"));
            query.put("transport", List.of("websocket"));
        }

        /** Adds a header to the handshake's request. */
        public ClientBuilder header(String name, String... values) {
            headers.put(name.toLowerCase(Locale.ROOT), List.of(values));
            return this;
        }

        /** Adds a parameter to the handshake's query. */
        public ClientBuilder query(String name, String value) {
            query.put(name, List.of(value));
            return this;
        }

        /** What the server takes for the client's IP address. */
        public ClientBuilder address(String ip) {
            address = ip;
            return this;
        }

        /** Lets the handshake have come over TLS. */
        public ClientBuilder secure() {
            secure = true;
            return this;
        }

        /** The server's, when it is not the usual one. */
        public ClientBuilder parser(Parser packets) {
            parser = packets;
            return this;
        }

        /** @throws AssertionError when the server refuses the request, with its message */
        public TestClient connect() {
            var request = new EngineRequest("GET", "/socket.io/", query, headers, address, secure);
            return switch (server.engine().verifyUpgrade(request)) {
                case Refusal refusal ->
                    throw new AssertionError("refused with status " + refusal.status() + ": " + refusal.message());
                case Admission admission -> {
                    var client = new TestClient(Duration.ZERO, parser);
                    MemoryLine.open(server.engine(), admission, client);
                    yield client;
                }
            };
        }
    }
}
