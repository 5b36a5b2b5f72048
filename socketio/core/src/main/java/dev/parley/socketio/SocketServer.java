package dev.parley.socketio;

/** A Socket.IO server: its namespaces, and the default one's shortcuts. */
public interface SocketServer {

    /** The namespace of that name, created when it is new; {@code ""} and {@code "/"} are the same. */
    Namespace of(String name);

    /** Everybody in any of the rooms of the default namespace. */
    default Broadcast to(String... rooms) {
        return of("/").to(rooms);
    }

    /** Disconnects every socket ({@link DisconnectReason#SERVER_SHUTTING_DOWN}) and ends all timers; idempotent. */
    void close();
}
