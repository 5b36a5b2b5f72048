package dev.parley.socketio;

/** Looks at each event of one socket before its listeners do. */
@FunctionalInterface
public interface EventMiddleware {

    /** Lets the event pass, or throws: then no listener sees it and the socket's {@linkplain Socket#onError error listeners} do. */
    void accept(Event event);
}
