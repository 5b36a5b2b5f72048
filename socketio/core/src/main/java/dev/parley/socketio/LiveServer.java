package dev.parley.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.engineio.Engine;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.Frame;
import dev.parley.engineio.Session;
import dev.parley.engineio.SessionListener;
import dev.parley.engineio.Timers;
import dev.parley.socketio.adapter.Adapter;
import dev.parley.socketio.protocol.Decoder;
import dev.parley.socketio.protocol.Encoder;
import dev.parley.socketio.protocol.Packet;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A server of this node. */
final class LiveServer implements SocketServer {

    private static final Duration GOODBYE = Duration.ofSeconds(5);
    /** Reads what clients send; the application's own mapper may have other ideas of JSON. */
    private static final ObjectMapper WIRE = JsonMapper.builder().build();

    private static final int ID_BYTES = 15;

    private final Executor executor;
    private final Timers timers;
    private final Duration connectTimeout;
    private final Arguments arguments;
    private final Encoder encoder;
    private final FailureListener failures;
    private final Adapter.Factory adapters;
    private final Engine engine;
    private final Map<String, LiveNamespace> namespaces = new ConcurrentHashMap<>();
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final SecureRandom random = new SecureRandom();

    LiveServer(
            Executor executor,
            Timers timers,
            EngineOptions options,
            Duration connectTimeout,
            ObjectMapper json,
            FailureListener failures,
            Adapter.Factory adapters) {
        this.executor = executor;
        this.timers = timers;
        this.connectTimeout = connectTimeout;
        this.arguments = new Arguments(json);
        this.encoder = new Encoder(json);
        this.failures = failures;
        this.adapters = adapters;
        this.engine = new Engine(options, timers, executor, this::opened);
        of("/");
    }

    @Override
    public Namespace of(String name) {
        return namespaces.computeIfAbsent(
                name.startsWith("/") ? name : "/" + name,
                key -> new LiveNamespace(key, this, adapters.create(key, encoder)));
    }

    Optional<LiveNamespace> find(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    @Override
    public Engine engine() {
        return engine;
    }

    private SessionListener opened(Session session) {
        var client = new Client(this, session);
        clients.add(client);
        return client;
    }

    void remove(Client client) {
        clients.remove(client);
    }

    @Override
    public void close() {
        engine.close();
        var all = CompletableFuture.allOf(clients.stream().map(Client::finished).toArray(CompletableFuture[]::new));
        all.completeOnTimeout(null, GOODBYE.toMillis(), TimeUnit.MILLISECONDS).join();
        timers.close();
        namespaces.values().forEach(namespace -> namespace.adapter().close());
    }

    List<Frame> encode(Packet packet) {
        return encoder.encode(packet).frames();
    }

    Decoder decoder() {
        return new Decoder(WIRE);
    }

    void failed(Socket socket, String place, Throwable failure) {
        failures.failed(socket, place, failure);
    }

    String newSocketId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    Executor executor() {
        return executor;
    }

    Timers timers() {
        return timers;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Arguments arguments() {
        return arguments;
    }

    int clientCount() {
        return clients.size();
    }
}
