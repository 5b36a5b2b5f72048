package dev.parley.web.realtime;

import dev.parley.cluster.Alarm;
import dev.parley.socketio.Socket;
import java.time.Duration;
import java.time.Instant;

/**
 * When a socket's token ends: warns a minute before (of a short-lived token, when a third is left: a client that renews at once
 * must not be warned at once again), then ends the socket. Renewing sets it anew.
 */
final class Deadline {

    private static final Duration WARNING = Duration.ofMinutes(1);

    private final Socket socket;
    private final Alarm alarm;
    private Runnable cancel = () -> {};
    private boolean over;

    record Expiring(Instant tokenExpiresAt) {}

    Deadline(Socket socket, Alarm alarm) {
        this.socket = socket;
        this.alarm = alarm;
    }

    synchronized void set(Instant now, Instant expiresAt) {
        if (over) {
            return;
        }
        cancel.run();
        Duration left = positive(Duration.between(now, expiresAt));
        Duration third = left.dividedBy(3);
        Duration calm = left.minus(third.compareTo(WARNING) < 0 ? third : WARNING);
        cancel = alarm.after(calm, () -> warn(expiresAt, left.minus(calm)));
    }

    private void warn(Instant expiresAt, Duration left) {
        synchronized (this) {
            if (over) {
                return;
            }
            cancel = alarm.after(left, this::end);
        }
        socket.emit("session_expiring", new Expiring(expiresAt));
    }

    private void end() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        SessionEnd.of(socket, SessionEnd.Reason.EXPIRED, null);
    }

    /** The socket is gone. */
    synchronized void cancel() {
        over = true;
        cancel.run();
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
