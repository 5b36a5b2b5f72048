package dev.parley.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.Timers;
import dev.parley.socketio.adapter.Adapter;
import dev.parley.socketio.adapter.LocalAdapter;
import dev.parley.socketio.adapter.RecoveringAdapter;
import dev.parley.socketio.adapter.Recovery;
import dev.parley.socketio.protocol.Decoder;
import dev.parley.socketio.protocol.Parser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link SocketServer} is made of. */
public final class SocketServerBuilder {

    private Executor executor;
    private ScheduledExecutorService timer;
    private LongSupplier clock = System::nanoTime;
    private EngineOptions engine = EngineOptions.defaults();
    private Duration connectTimeout = Settings.DEFAULTS.connectTimeout();
    private Duration ackTimeout = Settings.DEFAULTS.ackTimeout();
    private int maxPendingAcks = Settings.DEFAULTS.maxPendingAcks();
    private SocketLimits limits = SocketLimits.DEFAULTS;
    private boolean cleanupEmptyChildNamespaces = Settings.DEFAULTS.cleanup();
    private ObjectMapper json = JsonMapper.builder().build();
    private @Nullable Parser parser;
    private int maxAttachments = Decoder.MAX_ATTACHMENTS;
    private Adapter.@Nullable Factory adapters;
    private @Nullable Recovery recovery;
    private final List<ServerListener> listeners = new ArrayList<>(0);
    private FailureListener failures = SocketServerBuilder::log;

    SocketServerBuilder(Executor executor, ScheduledExecutorService timer) {
        this.executor = executor;
        this.timer = timer;
    }

    /** Replaces what the builder was made with: see {@link SocketServer#builder}. */
    public SocketServerBuilder threads(Executor handlers, ScheduledExecutorService wakeUps) {
        executor = handlers;
        timer = wakeUps;
        return this;
    }

    /** What time it is, in nanoseconds since any moment and in step with the timer; {@link System#nanoTime} unless a test decides. */
    public SocketServerBuilder clock(LongSupplier nanos) {
        clock = nanos;
        return this;
    }

    /** What holds below namespaces: transports, heartbeats, sizes, numbers of connections. */
    public SocketServerBuilder engine(EngineOptions options) {
        engine = options;
        return this;
    }

    /** How long a connection may go without joining a namespace, 45 s. */
    public SocketServerBuilder connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    /** How long an acknowledgement may take where the call does not say, 30 s. */
    public SocketServerBuilder ackTimeout(Duration timeout) {
        ackTimeout = timeout;
        return this;
    }

    /** Acknowledgements that one socket may owe at a time, 1000; who asks for more learns at once that none will come. */
    public SocketServerBuilder maxPendingAcks(int count) {
        maxPendingAcks = count;
        return this;
    }

    /** Whether the child of a {@link ParentNamespace} is forgotten when its last socket has left; it is not unless told. */
    public SocketServerBuilder cleanupEmptyChildNamespaces(boolean cleanup) {
        cleanupEmptyChildNamespaces = cleanup;
        return this;
    }

    /** How many rooms and namespaces, and how much of what is kept with them. */
    public SocketServerBuilder limits(SocketLimits most) {
        limits = most;
        return this;
    }

    /** What turns the arguments of events into JSON. */
    public SocketServerBuilder json(ObjectMapper mapper) {
        json = mapper;
        return this;
    }

    /** How packets are written and read, JSON with attachments; all clients must use the same. */
    public SocketServerBuilder parser(Parser packets) {
        parser = packets;
        return this;
    }

    /** Attachments that one packet of a client may have, {@value Decoder#MAX_ATTACHMENTS}; of the default parser. */
    public SocketServerBuilder maxAttachments(int count) {
        maxAttachments = count;
        return this;
    }

    /** Watches the server; several may. */
    public SocketServerBuilder listener(ServerListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Told of what listeners throw; the default logs it. */
    public SocketServerBuilder onFailure(FailureListener listener) {
        failures = listener;
        return this;
    }

    /** Lets clients that lost their connection go on where they were; off unless told. */
    public SocketServerBuilder connectionStateRecovery(Recovery rules) {
        recovery = rules;
        return this;
    }

    /** Where rooms are kept and broadcasts go; the default knows this node only. */
    public SocketServerBuilder adapter(Adapter.Factory factory) {
        adapters = factory;
        return this;
    }

    /** Makes the server, which lives until it is {@linkplain SocketServer#close() closed}. */
    public SocketServer build() {
        return build(new Timers(timer, clock));
    }

    private Adapter.Factory adapters() {
        var rules = recovery;
        if (adapters != null) {
            return adapters;
        }
        return rules == null ? LocalAdapter::new : home -> new RecoveringAdapter(home, rules);
    }

    LiveServer build(Timers timers) {
        var packets = parser == null ? Parser.json(json, maxAttachments) : parser;
        return new LiveServer(
                executor,
                timers,
                engine,
                new Settings(connectTimeout, ackTimeout, maxPendingAcks, cleanupEmptyChildNamespaces, limits, recovery),
                new Arguments(json),
                packets,
                failures,
                adapters(),
                new Observers(listeners));
    }

    private static void log(Socket socket, String place, Throwable failure) {
        System.getLogger(SocketServer.class.getName())
                .log(
                        System.Logger.Level.ERROR,
                        () -> "Listener of \"" + place + "\" failed in namespace "
                                + socket.namespace().name() + " for socket " + socket.id(),
                        failure);
    }
}
