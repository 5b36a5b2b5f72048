package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A set of receivers and how to reach them; immutable, each method but the acting ones gives a narrower, wider or otherwise different
 * one. In a cluster it means the sockets of all nodes unless it is {@link #local()}.
 */
public interface Broadcast {

    /**
     * Everybody in these rooms too; a socket in several rooms receives once.
     *
     * @throws IllegalArgumentException when no room is given
     */
    Broadcast to(String... rooms);

    /** The same as {@link #to}. */
    default Broadcast in(String... rooms) {
        return to(rooms);
    }

    /** Nobody who is in any of these rooms; a socket's id is such a room too. */
    Broadcast except(String... rooms);

    /** Only sockets of this node. */
    Broadcast local();

    /** Drops the event for a receiver whose transport is not ready to write at once ("volatile"). */
    Broadcast whenWritable();

    /** Whether the transport may compress what is sent, where it can; it may unless told otherwise. */
    Broadcast compress(boolean allowed);

    /** How long to wait for acknowledgements. */
    Broadcast timeout(Duration timeout);

    /** Encodes once, sends to all. Does not block. */
    void emit(String event, @Nullable Object... arguments);

    /** {@link #whenWritable()} and {@link #emit}. */
    default void volatileEmit(String event, @Nullable Object... arguments) {
        whenWritable().emit(event, arguments);
    }

    /**
     * Completes with one answer of each receiver, at once when there is none, or exceptionally with {@link Unanswered} when the timeout
     * passes first; then nobody's answer is waited for any more. Without {@link #timeout} the server's own applies.
     */
    CompletionStage<List<List<JsonNode>>> emitWithAck(String event, @Nullable Object... arguments);

    /** {@link #timeout} and {@link #emitWithAck(String, Object...)}. */
    default CompletionStage<List<List<JsonNode>>> emitWithAck(
            Duration timeout, String event, @Nullable Object... arguments) {
        return timeout(timeout).emitWithAck(event, arguments);
    }

    /** The sockets that are meant. */
    CompletionStage<List<RemoteSocket>> fetchSockets();

    /** Puts all that are meant into rooms, on every node. A socket for which that would be too many is left as it is, which its node logs. */
    void socketsJoin(String... rooms);

    /** Takes all that are meant out of rooms, on every node. */
    void socketsLeave(String... rooms);

    /** Disconnects all that are meant, on every node; {@code close} closes their connections with all other namespaces too. */
    void disconnectSockets(boolean close);
}
