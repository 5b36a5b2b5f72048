package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A socket somewhere in the cluster, perhaps on this node: what it was when it was fetched, and what can be done with it still. */
public interface RemoteSocket {

    String id();

    Handshake handshake();

    /** Its rooms then, among them the one named like its id. */
    Set<String> rooms();

    /** Its {@linkplain Socket#data() data} then, an object. */
    JsonNode data();

    void join(String... rooms);

    void leave(String... rooms);

    /** As {@link Socket#emit}. */
    void emit(String event, @Nullable Object... arguments);

    /** As {@link Socket#emitWithAck(Duration, String, Object...)}. */
    CompletionStage<List<JsonNode>> emitWithAck(Duration timeout, String event, @Nullable Object... arguments);

    /** As {@link Socket#disconnect}. */
    void disconnect(boolean close);
}
