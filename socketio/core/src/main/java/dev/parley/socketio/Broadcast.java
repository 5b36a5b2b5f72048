package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A set of receivers and how to reach them; immutable, each method gives a narrower or wider one. */
public interface Broadcast {

    /** Everybody in these rooms too; a socket in several rooms receives once. */
    Broadcast to(String... rooms);

    /** Nobody who is in any of these rooms. */
    Broadcast except(String... rooms);

    /** Only sockets of this node. */
    Broadcast local();

    /** Encodes once, sends to all. Does not block. */
    void emit(String event, @Nullable Object... arguments);

    /** Like {@link #emit}, but dropped for a receiver whose transport is not ready to write at once. */
    void volatileEmit(String event, @Nullable Object... arguments);

    /** Completes with one answer of each receiver, or exceptionally when the timeout passes first. */
    CompletionStage<List<List<JsonNode>>> emitWithAck(Duration timeout, String event, @Nullable Object... arguments);

    void socketsJoin(String... rooms);

    void socketsLeave(String... rooms);

    void disconnectSockets(boolean close);
}
