package dev.parley.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.protocol.Outgoing;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** A socket of this node, as an adapter sees it. Nothing here blocks. */
public interface Subscriber {

    /** As {@link dev.parley.socketio.Socket#id}. */
    String id();

    /** False before its CONNECT was answered and after it left. */
    boolean connected();

    /** Sends one message; a volatile one only if that can be done at once. */
    void deliver(Outgoing message, boolean isVolatile);

    /** Sends one message that asks for an acknowledgement. */
    void deliver(Outgoing message, Consumer<List<JsonNode>> answer);

    /** An answer that comes from now on is too late. */
    void forget(long ackId);

    /** What other nodes are told of it. */
    SocketSnapshot snapshot();

    /** Joins rooms as others want it to: those that it must not join, because of a limit, are logged. */
    void join(Collection<String> rooms);

    /** Leaves a room; nothing happens if it is not in there. */
    void leave(String room);

    /** Leaves the namespace; {@code close} closes the connection with all other namespaces too. */
    void disconnect(boolean close);
}
