package dev.parley.engineio;

import dev.parley.engineio.HttpExchange.ResponseEnd;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, from handshake to close, whatever transport it is on. A state machine with one owner, its mailbox: the
 * public methods may be called from any thread and do not block, the others are called inside the mailbox. What can be told apart is
 * elsewhere ({@link Line}, {@link Probe}, {@link Heartbeat}, {@link WriteBuffer}); the states and who may do what in them are one thing.
 */
public final class Session {

    /** How long a closing session waits for its client to fetch what is left, as the reference server does. */
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private static final Frame CLOSE = Frame.of(new Packet.Close());
    private static final System.Logger LOG = System.getLogger(Session.class.getName());
    private static final Frame NOOP = Frame.of(new Packet.Noop());

    private enum State {
        OPEN,
        CLOSING,
        ENDED
    }

    private final String id;
    private final EngineRequest request;
    private final Engine engine;
    private final Mailbox mailbox;
    private final Heartbeat heartbeat;
    private final WriteBuffer buffer = new WriteBuffer();
    private State state = State.OPEN;
    private boolean suspended;
    private volatile Line line;
    private @Nullable Probe probe;
    private @Nullable SessionListener listener;
    /** The listener, if it wants to know what goes over the line. */
    private @Nullable SessionListener observer;

    private Timers.@Nullable Timer closing;
    private boolean goodbyeSaid;
    private boolean heard;

    private Session(String id, EngineRequest request, Engine engine, @Nullable WebSocketPort port) {
        this.id = id;
        this.request = request;
        this.engine = engine;
        this.mailbox = Mailbox.inline(engine.executor());
        this.heartbeat = new Heartbeat(this, engine.timers());
        this.line = port == null ? new PollingLine(this) : new WebSocketLine(this, port, buffer);
    }

    static Session polling(String id, EngineRequest request, Engine engine) {
        return new Session(id, request, engine, null);
    }

    static Session webSocket(String id, EngineRequest request, Engine engine, WebSocketPort port) {
        return new Session(id, request, engine, port);
    }

    /** Known to its client and this server only: who knows it can speak for the client. */
    public String id() {
        return id;
    }

    /** The request of the handshake. */
    public EngineRequest request() {
        return request;
    }

    /** What it is on now; moves from polling to WebSocket at most once. */
    public TransportName transport() {
        return line.name();
    }

    /** Writes the frames behind what was sent before; once the session is closing they are dropped. */
    public void send(List<Frame> frames) {
        inside(() -> {
            if (state == State.OPEN) {
                frames.forEach(buffer::add);
                flush();
                boundBuffer();
            }
        });
    }

    /** Writes the frames if that can be done at once, else drops them. */
    public void sendVolatile(List<Frame> frames) {
        inside(() -> {
            if (state == State.OPEN && line.keepsUp() && (line.gathers() || buffer.isEmpty()) && !upgrading()) {
                frames.forEach(buffer::add);
                flush();
            }
        });
    }

    /** As {@link #close()}, because of a limit; {@code why} is for the log. */
    public void close(String why) {
        inside(() -> {
            if (state == State.OPEN) {
                explain(CloseReason.FORCED_CLOSE, why);
                close();
            }
        });
    }

    /** Ends the session when what was sent has been written, or after 30 s. */
    public void close() {
        inside(() -> {
            if (state != State.OPEN) {
                return;
            }
            if (line.gathers()) { // closes behind what is waiting, with time limits of its own
                end(CloseReason.FORCED_CLOSE);
                return;
            }
            state = State.CLOSING;
            closing = engine.timers().after(CLOSING, () -> inside(() -> end(CloseReason.FORCED_CLOSE)));
            if (line instanceof PollingLine) {
                if (buffer.isEmpty() && line.writable()) {
                    sayGoodbye(List.of(CLOSE));
                } // else with the first GET that finds nothing else to fetch
            } else if (line.writable()) {
                written();
            }
        });
    }

    /** Over polling; a WebSocket says it by closing. */
    private void sayGoodbye(List<Frame> packets) {
        goodbyeSaid = true;
        packets.forEach(buffer::add);
        flush();
    }

    /** Ends the session now. */
    public void abort(CloseReason reason) {
        inside(() -> end(reason));
    }

    /**
     * Ends the session now, because its client broke a rule or reached a limit.
     *
     * @param why the rule or the limit by its name, for the log; nothing of what the client sent
     */
    public void abort(CloseReason reason, String why) {
        inside(() -> end(reason, why));
    }

    /** Asks the client's transport to bring no more; what is on its way still comes. The heartbeat is patient meanwhile. */
    public void suspendReading() {
        inside(() -> {
            suspended = true;
            heartbeat.pause();
            line.suspendReading();
        });
    }

    /** Takes {@link #suspendReading} back. */
    public void resumeReading() {
        inside(() -> {
            suspended = false;
            heartbeat.resume();
            line.resumeReading();
        });
    }

    /** Goes on reading from there, unless the application's wish is that nothing comes; in the mailbox. */
    void resume(WebSocketPort port) {
        if (!suspended && state != State.ENDED) {
            port.resumeReading();
        }
    }

    EngineOptions options() {
        return engine.options();
    }

    void inside(Runnable task) {
        mailbox.put(task);
    }

    /** Runs a task of this session later. */
    Timers.Timer after(Duration delay, Runnable task) {
        return engine.timers().after(delay, () -> inside(task));
    }

    boolean ended() {
        return state == State.ENDED;
    }

    /** Answers the handshake and tells the application. */
    void open(@Nullable HttpExchange handshake) {
        if (state == State.ENDED) { // the engine was closed in between
            if (handshake != null) {
                respond(handshake, EngineResponse.of(Engine.SHUT_DOWN));
            }
            return;
        }
        if (handshake != null && line instanceof PollingLine polling) {
            polling.get(handshake);
        }
        buffer.add(Frame.of(new Packet.Open(engine.handshake(id, line.name()))));
        var initial = options().initialPacket();
        if (initial != null) {
            buffer.add(Frame.of(initial));
        }
        flush();
        heartbeat.start();
        listener = engine.opened(this);
        observer = listener.observes() ? listener : null;
        buffer.observedBy(observer);
    }

    /** A polling request of this session. */
    void serve(HttpExchange exchange) {
        heartbeat.check();
        if (state == State.ENDED) {
            respond(exchange, EngineResponse.of(Refusal.UNKNOWN_SESSION));
            return;
        }
        if (!(line instanceof PollingLine polling)) {
            respond(exchange, EngineResponse.of(Refusal.BAD_REQUEST));
            return;
        }
        switch (exchange.request().method()) {
            case "GET" -> {
                polling.get(exchange);
                if (state == State.CLOSING && buffer.isEmpty()) {
                    sayGoodbye(List.of(NOOP, CLOSE)); // the reference server's way
                }
                flush();
                if (probe != null) {
                    probe.getArrived();
                }
                polling.watch();
            }
            case "POST" -> polling.post(exchange);
            default -> respond(exchange, EngineResponse.empty(500));
        }
    }

    /** A WebSocket came for this session. */
    void probe(WebSocketPort port) {
        heartbeat.check();
        if (state == State.OPEN && probe == null && line instanceof PollingLine polling) {
            probe = new Probe(this, polling, port, engine.timers());
        } else {
            port.close(1008, "no upgrade");
        }
    }

    void packet(WebSocketPort from, Packet packet) {
        if (line instanceof WebSocketLine current && current.isOn(from)) {
            heartbeat.check();
            packet(packet);
        } else if (probe != null && probe.isOn(from)) {
            probe.packet(packet);
        }
    }

    void packet(Packet packet) {
        if (state != State.OPEN || listener == null) {
            return;
        }
        if (!heard) {
            heard = true;
            engine.heard();
        }
        if (observer != null) {
            observer.received(packet.size());
        }
        if (!(packet instanceof Packet.Pong)) {
            heartbeat.packet();
        }
        switch (packet) {
            case Packet.Text text -> listener.text(text.data());
            case Packet.Binary binary -> listener.binary(binary.data());
            case Packet.Pong pong -> heartbeat.pong();
            case Packet.Close() -> end(CloseReason.TRANSPORT_CLOSE);
            case Packet.Ping ping -> end(CloseReason.PARSE_ERROR, "a ping, which is the server's since Engine.IO 4");
            case Packet.Open open -> {}
            case Packet.Upgrade() -> {}
            case Packet.Noop() -> {}
        }
    }

    /** A WebSocket is of no more use; {@code why} is empty unless its client broke a rule or reached a limit. */
    void lost(WebSocketPort port, CloseReason reason, String why) {
        if (line instanceof WebSocketLine current && current.isOn(port)) {
            end(reason, why);
        } else if (probe != null && probe.isOn(port)) {
            abandon(probe);
        }
    }

    boolean isProbedBy(Probe other) {
        return probe == other;
    }

    /** The upgrade does not happen; what waited for it goes over polling. */
    void abandon(Probe other) {
        if (probe == other) {
            probe = null;
            other.close();
            flush();
        }
    }

    /** The client has left polling. */
    void upgrade(WebSocketPort port) {
        if (state == State.ENDED) {
            return;
        }
        probe = null;
        if (line instanceof PollingLine polling) {
            polling.refuseWaiting();
            polling.resumeReading();
        }
        line = new WebSocketLine(this, port, buffer);
        if (suspended) {
            line.suspendReading();
        }
        if (observer != null) {
            observer.upgraded();
        }
        if (state == State.CLOSING && line.gathers()) {
            end(CloseReason.FORCED_CLOSE);
        } else if (state == State.CLOSING && line.writable()) {
            written();
        } else {
            flush();
        }
    }

    /** The line can take more. */
    void written() {
        if (state == State.CLOSING && buffer.isEmpty() && (goodbyeSaid || line instanceof WebSocketLine)) {
            end(CloseReason.FORCED_CLOSE);
        } else {
            flush();
        }
    }

    /** Writes a ping ahead of all that waits: a client that is slow to take the rest still answers in time. */
    void ping(Frame ping) {
        if (state == State.OPEN) {
            buffer.addFirst(ping);
            flush();
        }
    }

    Line line() {
        return line;
    }

    void respond(HttpExchange exchange, EngineResponse response) {
        engine.respond(exchange, response);
    }

    /** @param end is told inside this session */
    void respondPayload(HttpExchange exchange, String payload, boolean compressible, ResponseEnd end) {
        engine.respondPayload(exchange, id, payload, compressible, written -> inside(() -> end.ended(written)));
    }

    void respondOk(HttpExchange exchange) {
        engine.respondOk(exchange, id);
    }

    boolean heard() {
        return heard;
    }

    /** As {@link #end(CloseReason)}, because of a rule or a limit. */
    void end(CloseReason reason, String why) {
        if (state != State.ENDED && !why.isEmpty()) {
            explain(reason, why);
        }
        end(reason);
    }

    private void explain(CloseReason reason, String why) {
        LOG.log(System.Logger.Level.DEBUG, () -> "Ended a " + line.name().text() + " session: " + reason + ", " + why);
    }

    void end(CloseReason reason) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        heartbeat.stop();
        if (closing != null) {
            closing.cancel();
        }
        engine.ended(this);
        if (line.gathers() && reason != CloseReason.SLOW_READER && !buffer.isEmpty()) {
            line.write(take(Integer.MAX_VALUE)); // it would have left by now, had it not waited for more
        }
        line.end(reason);
        if (probe != null) {
            probe.close();
            probe = null;
        }
        buffer.takeAll();
        if (listener != null) {
            listener.closed(reason);
        }
    }

    /** Whether a WebSocket would like to take over. */
    boolean probed() {
        return probe != null;
    }

    private boolean upgrading() {
        return probe != null && probe.answered();
    }

    private void flush() {
        if (state != State.ENDED && !buffer.isEmpty() && line.writable() && !upgrading()) {
            if (line.gathers()) {
                line.ready();
            } else {
                line.write(take(line.portion()));
            }
        }
    }

    private List<Frame> take(int limit) {
        var frames = buffer.take(limit);
        if (observer != null) {
            observer.sent(frames.size(), frames.stream().mapToLong(Frame::size).sum());
        }
        return frames;
    }

    /** What this session's client has not taken yet. */
    long buffered() {
        return buffer.bytes() + line.underWay();
    }

    private void boundBuffer() {
        if (state == State.OPEN && buffer.exceeds(options(), line.underWay())) {
            boolean inBytes = buffered() > options().maxBufferedBytes();
            end(
                    CloseReason.SLOW_READER,
                    inBytes
                            ? "maxBufferedBytes is " + options().maxBufferedBytes()
                            : "maxBufferedPackets is " + options().maxBufferedPackets());
        }
    }
}
