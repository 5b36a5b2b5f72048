package dev.parley.engineio;

import org.jspecify.annotations.Nullable;

/**
 * Pings and their deadlines. Deadlines are absolute: they are counted from the one before, not from when a timer happened to run, and
 * are looked at whenever a request arrives too.
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
            if (!awaitsPong) {
                awaitsPong = true;
                extended = false;
                arm(deadline + timeout);
                session.enqueue(PING);
            } else if (paused) {
                // We do not read, so the pong may well be there: silence proves nothing.
                arm(timers.now() + timeout);
            } else {
                session.end(CloseReason.PING_TIMEOUT);
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
