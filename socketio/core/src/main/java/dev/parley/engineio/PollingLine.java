package dev.parley.engineio;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Long polling: at most one GET waits for packets, at most one POST brings some. */
final class PollingLine implements Line {

    /** How much later than a close a GET may arrive that was sent before it. */
    private static final Duration FAREWELL = Duration.ofMillis(100);

    /** The parameter by which clients keep their GETs apart from each other, for caches. */
    private static final String NAME = "t";

    private static final Frame CLOSE = Frame.of(new Packet.Close());
    private static final Frame NOOP = Frame.of(new Packet.Noop());

    private final Session session;
    private @Nullable HttpExchange poll;
    private @Nullable HttpExchange post;
    /** The body of the POST has not arrived. */
    private boolean reading;
    /** The GET whose response has not left: a client cannot pile up responses that it does not read. */
    private @Nullable HttpExchange answering;
    /** What the GET before was answered, until the next one shows that it arrived. */
    private @Nullable Answer last;

    private long underWay;
    private int responses;
    private boolean answerHeld;
    private boolean suspended;
    private boolean closedByClient;
    /** Runs while a client that closes is waited for to fetch its last answer. */
    private Timers.@Nullable Timer farewell;

    PollingLine(Session session) {
        this.session = session;
    }

    @Override
    public TransportName name() {
        return TransportName.POLLING;
    }

    @Override
    public boolean writable() {
        return poll != null && answering == null;
    }

    @Override
    public void write(List<Frame> frames) {
        var waiting = poll;
        if (waiting != null) {
            poll = null;
            last = new Answer(
                    waiting.request().parameter(NAME),
                    Payload.encode(frames),
                    frames.stream().anyMatch(Frame::compressible),
                    frames.stream().mapToLong(Frame::size).sum());
            answer(waiting, last);
        }
    }

    private void answer(HttpExchange exchange, Answer answer) {
        answering = exchange;
        underWay = answer.size;
        session.respondPayload(exchange, answer.payload, answer.compressible, written -> {
            if (answering == exchange) { // else it was asked for again, and this end of it does not matter
                answering = null;
                responses++;
                underWay = 0;
                if (written) {
                    session.written();
                } else {
                    session.end(CloseReason.TRANSPORT_ERROR, "a GET left before all of its response");
                }
            }
        });
    }

    /**
     * What a GET was answered. It goes once more to a GET of the same name: browsers and HTTP libraries repeat one by themselves when
     * they lose the connection before the answer (RFC 9110, 9.2.2), and the stock client gives each of its GETs a name of its own.
     */
    private record Answer(Optional<String> name, String payload, boolean compressible, long size) {

        boolean isAskedForAgain(EngineRequest request) {
            return name.isPresent() && name.equals(request.parameter(NAME));
        }
    }

    void get(HttpExchange exchange) {
        if (poll == null && last != null && last.isAskedForAgain(exchange.request())) {
            answer(exchange, last);
            return;
        }
        last = null;
        if (poll != null) {
            session.respond(exchange, EngineResponse.empty(400));
            session.end(CloseReason.TRANSPORT_ERROR, "a second GET while one waits");
            return;
        }
        poll = exchange;
        if (farewell != null) {
            leave();
        }
    }

    /**
     * Ends the session, as the reference server does, when the client of the waiting GET goes away: browsers and HTTP libraries then
     * repeat that GET by themselves, and what had been written to the lost connection would be missing without anybody knowing.
     */
    void watch() {
        var waiting = poll;
        if (waiting != null) {
            waiting.whenGone(() -> session.inside(() -> {
                if (poll == waiting) {
                    session.end(CloseReason.TRANSPORT_ERROR, "a waiting GET was left");
                }
            }));
        }
    }

    /** Answers a waiting GET without a packet of the application. */
    void noop() {
        if (writable()) {
            write(List.of(NOOP));
        }
    }

    /** Answers a waiting GET because the session has moved on. */
    void refuseWaiting() {
        if (poll != null) {
            session.respond(poll, EngineResponse.of(Refusal.BAD_REQUEST));
            poll = null;
        }
    }

    void post(HttpExchange exchange) {
        var type = exchange.request().header("content-type").orElse("");
        if (post != null || type.startsWith("application/octet-stream")) {
            session.respond(exchange, EngineResponse.empty(400));
            session.end(
                    CloseReason.TRANSPORT_ERROR, post != null ? "a second POST while one is read" : "a binary POST");
            return;
        }
        post = exchange;
        reading = true;
        exchange.readBody(
                session.options().maxHttpBufferSize(), body -> session.inside(() -> received(exchange, body)));
    }

    private void received(HttpExchange exchange, HttpExchange.Body body) {
        reading = false;
        if (session.ended()) {
            return; // and that was answered
        }
        switch (body) {
            case HttpExchange.Body.TooLarge() -> {
                post = null;
                session.respond(exchange, EngineResponse.empty(413));
            }
            case HttpExchange.Body.Broken() -> {
                post = null;
                session.end(CloseReason.TRANSPORT_ERROR);
            }
            case HttpExchange.Body.Complete complete -> payload(exchange, complete.text());
        }
    }

    private void payload(HttpExchange exchange, String body) {
        if (exchange.request().parameter("j").isEmpty()) {
            packets(exchange, body);
        } else {
            // as in the reference server, a form without data is answered all the same
            Jsonp.payload(body).ifPresentOrElse(payload -> packets(exchange, payload), this::answerPost);
        }
    }

    private void packets(HttpExchange exchange, String payload) {
        List<Packet> packets;
        try {
            packets = Payload.decode(payload);
        } catch (ProtocolException e) {
            session.respond(exchange, EngineResponse.empty(400));
            session.end(CloseReason.PARSE_ERROR, String.valueOf(e.getMessage()));
            return;
        }
        for (var packet : packets) {
            if (packet instanceof Packet.Close) {
                closedByClient = true;
                if (poll == null && !session.probed()) {
                    awaitPoll();
                    return;
                }
            }
            session.packet(packet);
            if (session.ended()) {
                break;
            }
        }
        if (suspended && !session.ended()) {
            answerHeld = true;
        } else {
            answerPost();
        }
    }

    /**
     * Clients send the close beside the GET that they have sent before, over another connection, and it may overtake that GET. Until
     * this POST is answered a GET can only be that one.
     */
    private void awaitPoll() {
        answerHeld = true;
        farewell = session.after(FAREWELL, this::leave);
    }

    private void leave() {
        if (farewell != null) {
            farewell.cancel();
            farewell = null;
            session.packet(new Packet.Close());
            answerPost(); // unless that was done in the end
        }
    }

    private void answerPost() {
        if (post != null) {
            session.respondOk(post);
            post = null;
            answerHeld = false;
        }
    }

    @Override
    public boolean isBehind() {
        return answering != null;
    }

    @Override
    public long progress() {
        return responses;
    }

    @Override
    public long underWay() {
        return underWay;
    }

    /** A client that waits for the answer to a POST sends no other. */
    @Override
    public void suspendReading() {
        suspended = true;
    }

    @Override
    public void resumeReading() {
        suspended = false;
        if (answerHeld && farewell == null) {
            answerPost();
        }
    }

    @Override
    public void end(CloseReason reason) {
        if (farewell != null) {
            farewell.cancel();
            farewell = null;
        }
        if (poll != null) {
            session.respondPayload(poll, (closedByClient ? NOOP : CLOSE).text(), false, written -> {});
            poll = null;
        }
        if (post != null && reading) { // its body may never come
            session.respond(post, EngineResponse.of(Refusal.UNKNOWN_SESSION));
            post = null;
        }
        if (answerHeld) {
            answerPost();
        }
    }
}
