package dev.parley.socketio;

import dev.parley.engineio.Engine;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** A Socket.IO server: its namespaces, and the default one's shortcuts. */
public interface SocketServer {

    /**
     * @param executor runs listeners and middleware; those of one client never at the same time
     * @param timer wakes up for heartbeats and timeouts; its tasks are short and never block
     */
    static SocketServerBuilder builder(Executor executor, ScheduledExecutorService timer) {
        return new SocketServerBuilder(executor, timer);
    }

    /** The namespace of that name, created when it is new; {@code ""} and {@code "/"} are the same. */
    Namespace of(String name);

    /** Everybody in any of the rooms of the default namespace. */
    default Broadcast to(String... rooms) {
        return of("/").to(rooms);
    }

    /** What a door hands its requests to. */
    Engine engine();

    /**
     * Disconnects every socket ({@link DisconnectReason#SERVER_SHUTTING_DOWN}), ends all timers and waits, at most five seconds,
     * until the disconnect listeners have run; idempotent.
     */
    void close();
}
