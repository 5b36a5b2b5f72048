package dev.parley.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.Timers;
import dev.parley.socketio.adapter.Adapter;
import dev.parley.socketio.adapter.LocalAdapter;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Collects what a {@link SocketServer} is made of. */
public final class SocketServerBuilder {

    private final Executor executor;
    private final ScheduledExecutorService timer;
    private EngineOptions engine = EngineOptions.defaults();
    private Duration connectTimeout = Duration.ofSeconds(45);
    private ObjectMapper json = JsonMapper.builder().build();
    private Adapter.Factory adapters = (namespace, encoder) -> new LocalAdapter(encoder);
    private FailureListener failures = SocketServerBuilder::log;

    SocketServerBuilder(Executor executor, ScheduledExecutorService timer) {
        this.executor = executor;
        this.timer = timer;
    }

    public SocketServerBuilder engine(EngineOptions options) {
        engine = options;
        return this;
    }

    /** How long a connection may go without joining a namespace, 45 s. */
    public SocketServerBuilder connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    /** What turns the arguments of events into JSON. */
    public SocketServerBuilder json(ObjectMapper mapper) {
        json = mapper;
        return this;
    }

    /** Told of what listeners throw; the default logs it. */
    public SocketServerBuilder onFailure(FailureListener listener) {
        failures = listener;
        return this;
    }

    /** Where rooms are kept and broadcasts go; the default knows this node only. */
    public SocketServerBuilder adapter(Adapter.Factory factory) {
        adapters = factory;
        return this;
    }

    public SocketServer build() {
        return build(new Timers(timer));
    }

    LiveServer build(Timers timers) {
        return new LiveServer(executor, timers, engine, connectTimeout, json, failures, adapters);
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
