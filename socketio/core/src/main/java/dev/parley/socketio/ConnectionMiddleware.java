package dev.parley.socketio;

/** Decides whether a client may connect to a namespace. */
@FunctionalInterface
public interface ConnectionMiddleware {

    /** @throws ConnectionRefused to answer CONNECT_ERROR with its message and data */
    void accept(Socket socket);
}
