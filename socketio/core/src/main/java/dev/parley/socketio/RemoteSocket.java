package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A socket somewhere in the cluster, perhaps on this node: what it was when it was fetched, and what can be done with it still. */
public interface RemoteSocket {

    /** As {@link Socket#id}. */
    String id();

    /** The request that opened its connection, as its node described it. */
    Handshake handshake();

    /** Its rooms then, among them the one named like its id. */
    Set<String> rooms();

    /** Its {@linkplain Socket#data() data} then, an object. */
    JsonNode data();

    /** Puts it into rooms, if it is still there; where that would be too many its node logs that. */
    void join(String... rooms);

    /** Takes it out of rooms, if it is still there. */
    void leave(String... rooms);

    /** As {@link Socket#emit}. */
    void emit(String event, @Nullable Object... arguments);

    /** As {@link Socket#emitWithAck(Duration, String, Object...)}. */
    CompletionStage<List<JsonNode>> emitWithAck(Duration timeout, String event, @Nullable Object... arguments);

    /** As {@link Socket#disconnect}. */
    void disconnect(boolean close);
}
