package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How to send to one client; immutable, each method but the emitting ones gives another one. */
public interface Emitter {

    /** Whether the transport may compress what is sent, where it can; it may unless told otherwise. */
    Emitter compress(boolean allowed);

    /** Drops the event when the transport is not ready to write at once ("volatile"). */
    Emitter whenWritable();

    /** How long to wait for an acknowledgement. */
    Emitter timeout(Duration timeout);

    /**
     * Sends an event.
     *
     * @param arguments anything Jackson can write; {@code byte[]} and {@code ByteBuffer}, also nested, travel as binary
     * @throws IllegalArgumentException when the name is reserved or an argument cannot be written
     */
    void emit(String event, @Nullable Object... arguments);

    /**
     * Sends an event and completes with the arguments of its acknowledgement, or exceptionally with {@link Unanswered} when it is late,
     * the client is gone or owes too many already. Without {@link #timeout} the server's own applies.
     */
    CompletionStage<List<JsonNode>> emitWithAck(String event, @Nullable Object... arguments);
}
