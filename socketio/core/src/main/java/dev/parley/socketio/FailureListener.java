package dev.parley.socketio;

/** Told when a listener or middleware of the application threw; the connection goes on. */
@FunctionalInterface
public interface FailureListener {

    /**
     * @param socket whose listener it was
     * @param place the event's name, or {@code connect}, {@code disconnect}, {@code middleware}
     */
    void failed(Socket socket, String place, Throwable failure);
}
