package dev.parley.socketio;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** A named channel over the clients' connections, with its own sockets, rooms and handlers. */
public interface Namespace extends Audience {

    /** Its name, which begins with a slash. */
    String name();

    /**
     * Runs before a CONNECT is answered, in the order of registration, off the IO threads (it may block for as long as the connect
     * timeout). Throw {@link ConnectionRefused} to answer CONNECT_ERROR. What it emits to the socket goes out before the answer.
     */
    Namespace use(ConnectionMiddleware middleware);

    /**
     * Runs after the CONNECT was answered. What others broadcast to the socket's rooms while it runs is delivered right after it:
     * what the listener itself emits comes first.
     */
    Namespace onConnect(Consumer<Socket> listener);

    /** Hears what other servers of a cluster {@linkplain #serverSideEmit emit}; the event's acknowledgement answers them. */
    Namespace onServerSide(String event, EventListener listener);

    /**
     * Declares that the listeners of these events never block, those for all events included: they then run at once on the thread
     * that read the packet, if nothing of that client is waiting, and not on a thread of the executor. The order of one client's
     * events stays. A listener that blocks all the same holds up all clients of its IO thread.
     */
    Namespace nonBlocking(String... events);

    /** The sockets of this node. */
    Collection<Socket> sockets();

    /** A socket of this node. */
    Optional<Socket> socket(String id);
}
