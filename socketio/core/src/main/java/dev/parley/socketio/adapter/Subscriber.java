package dev.parley.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.Frame;
import java.util.List;
import java.util.function.Consumer;

/** A socket of this node, as an adapter sees it. Nothing here blocks. */
public interface Subscriber {

    String id();

    /** Sends one encoded packet; a volatile one only if that can be done at once. */
    void deliver(List<Frame> packet, boolean isVolatile);

    /** Sends one encoded packet that asks for an acknowledgement of that id. */
    void deliver(List<Frame> packet, long ackId, Consumer<List<JsonNode>> answer);

    /** An answer that comes from now on is too late. */
    void forget(long ackId);

    void join(String... rooms);

    void leave(String room);

    void disconnect(boolean close);
}
