package dev.parley.engineio;

import dev.parley.engineio.HttpExchange.ResponseEnd;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An Engine.IO server: checks requests, opens sessions and hands requests to them. A door feeds it. */
public final class Engine {

    static final Refusal SHUT_DOWN = new Refusal(503, 3, "Shutting down");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** How long a response may wait for somebody who packs it. */
    private static final Duration PACKING = Duration.ofMillis(50);

    private final EngineOptions options;
    private final Timers timers;
    private final Executor executor;
    private final Function<Session, SessionListener> application;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Population population;
    private final Hooks hooks;
    private final PollingAnswers answers;
    private volatile boolean closed;

    /**
     * @param executor relieves threads that were busy with one session for long; its tasks do not block
     * @param application called once for each new session, on a thread that must not be blocked
     */
    public Engine(
            EngineOptions options, Timers timers, Executor executor, Function<Session, SessionListener> application) {
        this.options = options;
        this.timers = timers;
        this.executor = executor;
        this.application = application;
        this.population = new Population(options.connections());
        this.hooks = new Hooks(options);
        this.answers = new PollingAnswers(options, hooks);
    }

    /** What the engine was made with. */
    public EngineOptions options() {
        return options;
    }

    /** Sessions that have not ended. */
    public int sessionCount() {
        return sessions.size();
    }

    /** Bytes that wait for clients to take them, over all sessions; an estimate, since nobody is stopped to count. */
    public long bufferedBytes() {
        return sessions.values().stream().mapToLong(Session::buffered).sum();
    }

    /** Serves a polling request. */
    public void handle(HttpExchange exchange) {
        var request = exchange.request();
        var cors = options.cors();
        if (cors != null && request.method().equals("OPTIONS")) {
            respond(exchange, EngineResponse.empty(204));
            return;
        }
        var refusal = verify(request, false);
        if (refusal.isPresent()) {
            refuse(exchange, refusal.get());
            return;
        }
        var sid = request.parameter("sid");
        if (sid.isPresent()) {
            serve(exchange, sid.get());
            return;
        }
        var full = population.enter(request.address());
        if (full.isPresent()) {
            refuse(exchange, full.get());
            return;
        }
        newId(request)
                .flatMap(id -> register(Session.polling(id, request, this)))
                .ifPresentOrElse(
                        session -> session.inside(() -> session.open(exchange)),
                        () -> refuse(exchange, unnamed(request)));
    }

    /** There is no id for it: it does not come in after all. */
    private Refusal unnamed(EngineRequest request) {
        population.leave(request.address(), false);
        return Refusal.BAD_REQUEST;
    }

    private void serve(HttpExchange exchange, String sid) {
        var session = sessions.get(sid);
        if (session == null) {
            refuse(exchange, Refusal.UNKNOWN_SESSION);
        } else {
            session.inside(() -> session.serve(exchange));
        }
    }

    /** Answers a request with an error that the door found. */
    public void refuse(HttpExchange exchange, Refusal refusal) {
        respond(exchange, EngineResponse.of(refusal));
    }

    /**
     * Checks a request that wants to become a WebSocket, before it does.
     *
     * @return the error to answer with, its message as the body; or what {@link #open} needs
     */
    public Verdict verifyUpgrade(EngineRequest request) {
        var refusal = verify(request, true);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return request.parameter("sid")
                .or(() -> newId(request).filter(id -> !sessions.containsKey(id)))
                .<Verdict>map(sid -> new Admission(request, sid))
                .orElse(Refusal.BAD_REQUEST);
    }

    /** Takes over a WebSocket whose request was verified. */
    public WebSocketInbound open(Admission admission, WebSocketPort port) {
        if (admission.isNew()) {
            return begin(admission, port);
        }
        var session = sessions.get(admission.sid());
        if (session == null) {
            port.close(1008, "session unknown");
            return new DeadInput();
        }
        session.inside(() -> session.probe(port));
        return new SocketInput(session, port);
    }

    private WebSocketInbound begin(Admission admission, WebSocketPort port) {
        var request = admission.request();
        if (population.enter(request.address()).isPresent()) { // between the check and now, others have come
            port.close(1013, Population.FULL.message());
            return new DeadInput();
        }
        var named = register(Session.webSocket(admission.sid(), request, this, port));
        if (named.isEmpty()) { // a generator that makes the same id twice
            port.close(1008, unnamed(request).message());
            return new DeadInput();
        }
        var session = named.get();
        session.inside(() -> session.open(null));
        return new SocketInput(session, port);
    }

    /** The headers by which pages of other origins may read the response to that request. */
    public Map<String, String> corsHeaders(EngineRequest request) {
        var cors = options.cors();
        return cors == null ? Map.of() : cors.headers(request);
    }

    /** The headers of the response that turns the request into a WebSocket. */
    public Map<String, String> upgradeHeaders(EngineRequest request) {
        var headers = new LinkedHashMap<>(corsHeaders(request));
        hooks.headers(request, headers);
        return headers;
    }

    /** Ends all sessions and lets no more in; idempotent. */
    public void close() {
        closed = true;
        sessions.values().forEach(session -> session.abort(CloseReason.SHUTTING_DOWN));
    }

    private Optional<Refusal> verify(EngineRequest request, boolean upgrade) {
        var transport =
                request.parameter("transport").flatMap(TransportName::of).filter(options.transports()::contains);
        if (transport.isEmpty()) {
            return Optional.of(Refusal.UNKNOWN_TRANSPORT);
        }
        if (request.header("origin").filter(Engine::hasControls).isPresent()) {
            return Optional.of(Refusal.BAD_REQUEST);
        }
        boolean mismatch = upgrade != (transport.get() == TransportName.WEBSOCKET);
        boolean eio4 = request.parameter("EIO").filter("4"::equals).isPresent();
        if (request.parameter("sid").isPresent()) {
            return verifySession(request.parameter("sid").get(), mismatch || !eio4);
        }
        if (closed) {
            return Optional.of(SHUT_DOWN);
        }
        if (!request.method().equals("GET")) {
            return Optional.of(Refusal.BAD_HANDSHAKE_METHOD);
        }
        if (mismatch) {
            return Optional.of(Refusal.BAD_REQUEST);
        }
        if (request.size() > options.maxHandshakeBytes()) {
            return Optional.of(
                    new Refusal(431, 3, "Handshake too large: maxHandshakeBytes is " + options.maxHandshakeBytes()));
        }
        var refusal = population.refuse(request.address()).or(() -> hooks.refuse(request));
        return refusal.isPresent() || eio4 ? refusal : Optional.of(Refusal.UNSUPPORTED_PROTOCOL);
    }

    private Optional<Refusal> verifySession(String sid, boolean bad) {
        if (!sessions.containsKey(sid)) {
            return Optional.of(Refusal.UNKNOWN_SESSION);
        }
        return bad ? Optional.of(Refusal.BAD_REQUEST) : Optional.empty();
    }

    private static boolean hasControls(String value) {
        return value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f || c > 0xff);
    }

    Timers timers() {
        return timers;
    }

    Executor executor() {
        return executor;
    }

    /** The data of the open packet, its members in the reference server's order. */
    String handshake(String id, TransportName transport) {
        boolean upgradable = transport == TransportName.POLLING
                && options.allowUpgrades()
                && options.transports().contains(TransportName.WEBSOCKET);
        var upgrades = upgradable ? Stream.of(TransportName.WEBSOCKET) : Stream.<TransportName>empty();
        return "{\"sid\":\"" + id
                + "\",\"upgrades\":["
                + upgrades.map(name -> Json.quoted(name.text())).collect(Collectors.joining(","))
                + "],\"pingInterval\":" + options.pingInterval().toMillis()
                + ",\"pingTimeout\":" + options.pingTimeout().toMillis()
                + ",\"maxPayload\":" + options.maxHttpBufferSize() + "}";
    }

    SessionListener opened(Session session) {
        return application.apply(session);
    }

    void ended(Session session) {
        sessions.remove(session.id(), session);
        population.leave(session.request().address(), session.heard());
    }

    /** A session's client has sent its first packet. */
    void heard() {
        population.heard();
    }

    void respond(HttpExchange exchange, EngineResponse response) {
        exchange.respond(withCors(exchange, response));
    }

    void respondOk(HttpExchange exchange, String sid) {
        respond(exchange, answers.ok(exchange.request(), sid));
    }

    void respondPayload(HttpExchange exchange, String sid, String payload, boolean compressible, ResponseEnd end) {
        var response = answers.payload(exchange.request(), sid, payload, compressible);
        if (response.encoding() == null) {
            respond(exchange, response, end);
        } else {
            pack(exchange, response, end);
        }
    }

    /** Packing takes a while; where no thread has time for it the response leaves as it is, since it may carry a ping. */
    private void pack(HttpExchange exchange, EngineResponse response, ResponseEnd end) {
        var done = new AtomicBoolean();
        var busy = timers.after(PACKING, () -> {
            if (done.compareAndSet(false, true)) {
                respond(exchange, response.unpacked(), end);
            }
        });
        try {
            executor.execute(() -> {
                busy.cancel();
                if (done.compareAndSet(false, true)) {
                    respond(exchange, response, end);
                }
            });
        } catch (RejectedExecutionException e) {
            if (busy.cancel()) {
                respond(exchange, response.unpacked(), end);
            }
        }
    }

    private void respond(HttpExchange exchange, EngineResponse response, ResponseEnd end) {
        exchange.respond(withCors(exchange, response), end);
    }

    private EngineResponse withCors(HttpExchange exchange, EngineResponse response) {
        return response.with(corsHeaders(exchange.request()));
    }

    /** Empty when another session has that id. */
    private Optional<Session> register(Session session) {
        if (sessions.putIfAbsent(session.id(), session) != null) {
            return Optional.empty();
        }
        if (closed) {
            session.abort(CloseReason.SHUTTING_DOWN);
        }
        return Optional.of(session);
    }

    /** Empty when the generator failed. */
    private Optional<String> newId(EngineRequest request) {
        try {
            return Optional.of(options.generateId().generate(request))
                    .filter(id -> ID.matcher(id).matches());
        } catch (RuntimeException e) {
            System.getLogger(Engine.class.getName())
                    .log(System.Logger.Level.WARNING, "A handshake was refused: no session id could be made", e);
            return Optional.empty();
        }
    }

    /** What a WebSocket speaks to when there is nobody. */
    private static final class DeadInput implements WebSocketInbound {

        @Override
        public void text(String message) {}

        @Override
        public void binary(java.nio.ByteBuffer message) {}

        @Override
        public void tooLarge() {}

        @Override
        public void closed() {}

        @Override
        public void failed() {}
    }
}
