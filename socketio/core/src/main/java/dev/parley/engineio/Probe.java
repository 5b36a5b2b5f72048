package dev.parley.engineio;

import java.time.Duration;
import java.util.List;

/** A WebSocket that wants to take over from polling. Touched only inside the session's mailbox. */
final class Probe {

    private static final Frame ANSWER = Frame.of(new Packet.Pong("probe"));
    /** Lets the answer to the probe arrive before the waiting GET returns, so that the client need not poll again. */
    private static final Duration WAITING_GET = Duration.ofMillis(20);
    /** Lets {@code 5} overtake a GET that was sent after it over another connection. */
    private static final Duration LATE_GET = Duration.ofMillis(100);

    private final Session session;
    private final PollingLine polling;
    private final WebSocketPort port;
    private final Timers timers;
    private final Timers.Timer timeout;
    private boolean answered;

    Probe(Session session, PollingLine polling, WebSocketPort port, Timers timers) {
        this.session = session;
        this.polling = polling;
        this.port = port;
        this.timers = timers;
        this.timeout =
                timers.after(session.options().upgradeTimeout(), () -> session.inside(() -> session.abandon(this)));
    }

    boolean isOn(WebSocketPort other) {
        return port == other;
    }

    /** Whether packets wait for the WebSocket, because the client may no longer poll. */
    boolean answered() {
        return answered;
    }

    void packet(Packet packet) {
        if (packet instanceof Packet.Ping ping && ping.data().equals("probe")) {
            answer();
        } else if (packet instanceof Packet.Upgrade) {
            timeout.cancel();
            session.upgrade(port);
        } else {
            session.abandon(this);
        }
    }

    private void answer() {
        answered = true;
        port.send(List.of(ANSWER), failure -> {
            if (failure != null) {
                session.inside(() -> session.abandon(this));
            }
        });
        releaseGet(WAITING_GET);
    }

    void getArrived() {
        if (answered) {
            releaseGet(LATE_GET);
        }
    }

    private void releaseGet(Duration delay) {
        timers.after(
                delay,
                () -> session.inside(() -> {
                    if (session.isProbedBy(this)) {
                        polling.noop();
                    }
                }));
    }

    void close() {
        timeout.cancel();
        port.close(1000, "");
    }
}
