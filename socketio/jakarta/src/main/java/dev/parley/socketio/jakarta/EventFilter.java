package dev.parley.socketio.jakarta;

import dev.parley.socketio.Event;
import dev.parley.socketio.Socket;

/**
 * A CDI bean that looks at each event before any handler does. Several run in the order of {@code @Priority}, then of class names;
 * {@link InNamespaces} says where.
 */
@FunctionalInterface
public interface EventFilter {

    /**
     * Lets the event pass, or throws: then no handler is called and {@link Replies#failure} makes of it what the client hears.
     */
    void accept(Socket socket, Event event);
}
