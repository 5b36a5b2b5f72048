package dev.parley.engineio;

import org.jspecify.annotations.Nullable;

/**
 * Pings and their deadlines. Deadlines are absolute: they are counted from the one before, not from when a timer happened to run, and
 * are looked at whenever a request arrives too. Only when this machine was too busy to look at them in time, by half a timeout, does
 * the client get more: a stall of ours must not cost every client its connection.
 *
 * <p>Two more things differ from the reference server, where a ping waits behind all that was sent before and its time runs all the
 * same: ours goes ahead of what waits, and a client that was behind when its time began and has taken more since gets as long again.
 * Taking is no less a sign of life than a pong. One that takes nothing is given up on time, however full its buffer is.
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
    /** Whether the client was behind when its time began, and how far it had come. */
    private boolean behind;

    private long progress;
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
                lookAtProgress();
                session.ping(PING);
            } else if (paused) {
                // We do not read, so the pong may well be there: silence proves nothing.
                arm(timers.now() + timeout);
            } else if (overslept && !spared) {
                // What kept us from looking at the clock may have kept the pong from being read.
                spared = true;
                arm(timers.now() + timeout / 2);
            } else if (behind
                    && (session.line().progress() != progress || !session.line().isBehind())) {
                lookAtProgress();
                arm(timers.now() + timeout);
            } else {
                session.end(
                        CloseReason.PING_TIMEOUT,
                        "pingTimeout is " + session.options().pingTimeout().toMillis() + " ms");
            }
        }
    }

    private void lookAtProgress() {
        behind = session.line().isBehind();
        progress = session.line().progress();
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
