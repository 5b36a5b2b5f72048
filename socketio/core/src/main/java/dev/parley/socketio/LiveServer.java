package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.Engine;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.Frame;
import dev.parley.engineio.Session;
import dev.parley.engineio.SessionListener;
import dev.parley.engineio.Timers;
import dev.parley.socketio.adapter.Adapter;
import dev.parley.socketio.protocol.Packet;
import dev.parley.socketio.protocol.Parser;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A server of this node. */
final class LiveServer implements SocketServer {

    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final int ID_BYTES = 15;

    private final Executor executor;
    private final Timers timers;
    private final Settings settings;
    private final Arguments arguments;
    private final Parser parser;
    private final FailureListener failures;
    private final Observers observers;
    private final Engine engine;
    private final Namespaces namespaces;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong connectionIds = new AtomicLong();
    private final SecureRandom random = new SecureRandom();

    private volatile boolean closing;

    LiveServer(
            Executor executor,
            Timers timers,
            EngineOptions options,
            Settings settings,
            Arguments arguments,
            Parser parser,
            FailureListener failures,
            Adapter.Factory adapters,
            Observers observers) {
        this.executor = executor;
        this.timers = timers;
        this.settings = settings;
        this.arguments = arguments;
        this.parser = parser;
        this.failures = failures;
        this.observers = observers;
        this.namespaces = new Namespaces(this, adapters);
        this.engine = new Engine(options, timers, executor, this::opened);
        namespaces.of("/");
    }

    @Override
    public Namespace of(String name) {
        return namespaces.of(name);
    }

    @Override
    public ParentNamespace of(Pattern names) {
        return namespaces.of(names);
    }

    @Override
    public ParentNamespace of(NamespacePredicate names) {
        return namespaces.of(names);
    }

    @Override
    public Collection<Namespace> namespaces() {
        return namespaces.all();
    }

    @Override
    public void onNamespace(Consumer<Namespace> listener) {
        namespaces.onNamespace(listener);
    }

    Optional<LiveNamespace> enter(String name, JsonNode auth) {
        return namespaces.enter(name, auth);
    }

    void forget(LiveNamespace child, LiveParent parent) {
        namespaces.forget(child, parent);
    }

    void vacated(LiveNamespace namespace) {
        namespaces.vacated(namespace);
    }

    @Override
    public Engine engine() {
        return engine;
    }

    private SessionListener opened(Session session) {
        var client = new Client(this, session, connectionIds.incrementAndGet());
        clients.add(client);
        if (observers.present()) {
            observers.tell(listener -> listener.connectionOpened(client));
        }
        return client;
    }

    void remove(Client client) {
        clients.remove(client);
    }

    @Override
    public void close() {
        closing = true;
        engine.close();
        var all = CompletableFuture.allOf(clients.stream().map(Client::finished).toArray(CompletableFuture[]::new));
        all.completeOnTimeout(null, GOODBYE.toMillis(), TimeUnit.MILLISECONDS).join();
        timers.close();
        namespaces.close();
    }

    List<Frame> encode(Packet packet) {
        return parser.encode(packet);
    }

    Parser parser() {
        return parser;
    }

    Observers observers() {
        return observers;
    }

    void failed(Socket socket, String place, Throwable failure) {
        try {
            failures.failed(socket, place, failure);
        } catch (RuntimeException | Error worse) {
            // What a listener of failures throws must not cost the other listeners their event.
            worse.addSuppressed(failure);
            System.getLogger(LiveServer.class.getName())
                    .log(System.Logger.Level.ERROR, "The listener of failures failed", worse);
        }
        observers.tell(listener -> listener.handlerFailed(socket, place, failure));
    }

    String newId() {
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

    Settings settings() {
        return settings;
    }

    Arguments arguments() {
        return arguments;
    }

    /** From now on whoever has work for an executor that has stopped does it himself. */
    boolean isClosing() {
        return closing;
    }

    int clientCount() {
        return clients.size();
    }
}
