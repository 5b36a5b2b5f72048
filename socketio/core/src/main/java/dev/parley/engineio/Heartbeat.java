package dev.parley.engineio;

import org.jspecify.annotations.Nullable;

/**
 * Pings and their deadlines. Deadlines are absolute: they are counted from the one before, not from when a timer happened to run, and
 * are looked at whenever a request arrives too. Only when this machine was too busy to look at them in time, by half a timeout, does
 * the client get more: a stall of ours must not cost every client its connection.
 */
final class Heartbeat {

    private static final Frame PING = Frame.of(new Packet.Ping(""));

    private final Session session;
    private final Timers timers;
    private final long interval;
    private final long timeout;
    private long deadline;
    private boolean awaitsPong;
    private boolean extended;
    private boolean spared;
    private boolean paused;
    private Timers.@Nullable Timer timer;

    Heartbeat(Session session, Timers timers) {
        this.session = session;
        this.timers = timers;
        this.interval = session.options().pingInterval().toNanos();
        this.timeout = session.options().pingTimeout().toNanos();
    }

    void start() {
        arm(timers.now() + interval);
    }

    /** Does what is due. */
    void check() {
        while (!session.ended() && timers.now() >= deadline) {
            boolean overslept = timers.now() - deadline > timeout / 2;
            if (!awaitsPong) {
                awaitsPong = true;
                extended = false;
                spared = false;
                // A ping that leaves late through our fault takes nothing from the client's time to answer.
                arm(overslept ? timers.now() + timeout : deadline + timeout);
                session.enqueue(PING);
            } else if (paused) {
                // We do not read, so the pong may well be there: silence proves nothing.
                arm(timers.now() + timeout);
            } else if (overslept && !spared) {
                // What kept us from looking at the clock may have kept the pong from being read.
                spared = true;
                arm(timers.now() + timeout / 2);
            } else {
                session.end(
                        CloseReason.PING_TIMEOUT,
                        "pingTimeout is " + session.options().pingTimeout().toMillis() + " ms");
            }
        }
    }

    /** While a pong is awaited, the first other packet shows that the client lives and gives it more time, once. */
    void packet() {
        if (awaitsPong && !extended) {
            extended = true;
            arm(timers.now() + timeout);
        }
    }

    void pong() {
        if (awaitsPong) {
            awaitsPong = false;
            arm(timers.now() + interval);
        }
    }

    void pause() {
        paused = true;
    }

    void resume() {
        if (paused) {
            paused = false;
            if (awaitsPong) {
                arm(timers.now() + timeout);
            }
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void arm(long at) {
        stop();
        deadline = at;
        timer = timers.at(at, () -> session.inside(this::check));
    }
}
