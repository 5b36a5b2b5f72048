package dev.parley.web.realtime;

import dev.parley.socketio.Broadcast;
import dev.parley.socketio.Socket;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says goodbye and hangs up. */
final class SessionEnd {

    private static final String EVENT = "session_ended";

    enum Reason {
        EXPIRED,
        REVOKED,
        RATE_LIMITED,
        /** The server is being stopped; another one, or this one again, will be there. */
        DRAIN;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Ended(String reason, @Nullable Long retryAfterMs) {}

    private SessionEnd() {}

    static void of(Socket socket, Reason reason, @Nullable Duration retryAfter) {
        socket.emit(EVENT, ended(reason, retryAfter));
        socket.disconnect(true);
    }

    static void of(Broadcast sockets, Reason reason) {
        sockets.emit(EVENT, ended(reason, null));
        sockets.disconnectSockets(true);
    }

    /** Says it, and leaves the hanging up to who stops the server: a client that understands nothing of this comes back by itself then. */
    static void announce(Broadcast sockets, Reason reason, Duration retryAfter) {
        sockets.emit(EVENT, ended(reason, retryAfter));
    }

    private static Ended ended(Reason reason, @Nullable Duration retryAfter) {
        return new Ended(reason.wire(), retryAfter == null ? null : retryAfter.toMillis());
    }
}
