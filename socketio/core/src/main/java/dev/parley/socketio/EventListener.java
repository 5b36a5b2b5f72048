package dev.parley.socketio;

/** Receives events of one socket, one at a time and in order. */
@FunctionalInterface
public interface EventListener {

    /** Must not block for long; a listener that blocks holds up only its own socket. */
    void on(Event event);
}
