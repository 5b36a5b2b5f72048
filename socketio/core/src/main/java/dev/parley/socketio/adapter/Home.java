package dev.parley.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.Timers;
import dev.parley.socketio.protocol.Parser;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an adapter knows of its namespace on this node, and what it tells it. */
public interface Home {

    /** The name of the namespace. */
    String namespace();

    /** The same on all nodes. */
    Parser parser();

    /** The next id of an acknowledgement that is asked of sockets of this node. */
    long nextAckId();

    /** The server's clock, for what must not wait for ever. */
    Timers timers();

    /** For what may block or runs long. */
    Executor executor();

    /** Told of rooms; empty when nobody cares. */
    Optional<RoomListener> rooms();

    /** A session is given up: its client did not come back in time, or too many others wait. */
    default void sessionExpired(SessionState session) {}

    /**
     * Another server emitted something to this one.
     *
     * @param data the event's name and its arguments
     * @param answer takes the answer, once; null when none is wanted
     */
    void serverSideEvent(List<JsonNode> data, @Nullable Consumer<List<JsonNode>> answer);
}
