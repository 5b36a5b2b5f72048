package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One client's presence in one namespace. All methods may be called from any thread and none blocks: what is emitted is
 * queued in order behind what was emitted before.
 */
public interface Socket {

    /** The public id of this socket (never the Engine.IO session id, which is a secret of its client). */
    String id();

    Namespace namespace();

    Handshake handshake();

    /** What carries this socket and those of the same client in other namespaces. */
    Connection connection();

    /** False before the CONNECT was answered and after the disconnect. */
    boolean connected();

    /** The rooms joined, among them the one named like {@link #id()}. */
    Set<String> rooms();

    /** Joins rooms; a disconnected socket joins nothing. */
    void join(String... rooms);

    void leave(String room);

    /**
     * Sends an event to this client.
     *
     * @param arguments anything Jackson can write; {@code byte[]} and {@code ByteBuffer}, also nested, travel as binary
     * @throws IllegalArgumentException when the name is reserved
     */
    void emit(String event, @org.jspecify.annotations.Nullable Object... arguments);

    /** Like {@link #emit}, but dropped when the transport is not ready to write at once. */
    void volatileEmit(String event, @org.jspecify.annotations.Nullable Object... arguments);

    /** Sends an event and completes with the arguments of its acknowledgement, or exceptionally when it is late or the client is gone. */
    CompletionStage<List<JsonNode>> emitWithAck(
            Duration timeout, String event, @org.jspecify.annotations.Nullable Object... arguments);

    /** Everybody in any of the rooms, but not this socket. */
    Broadcast to(String... rooms);

    /** Like {@link #to}, but refuses a room that this socket has not joined ({@link IllegalStateException}). */
    Broadcast within(String room);

    /** Everybody in the namespace, but not this socket. */
    Broadcast broadcast();

    /** Calls the listener for each such event, in the order of arrival. */
    void on(String event, EventListener listener);

    /** Called for each event, before the listeners of its name. */
    void onAny(EventListener listener);

    /** Called once, after the socket has left its rooms. */
    void onDisconnect(Consumer<DisconnectReason> listener);

    /** What the application keeps with a socket for others to see. */
    SocketData data();

    /** What the application keeps with a socket on this node, by type: at most one value of each. */
    <T> Optional<T> attribute(Class<T> type);

    /** Sets the value of its type and replaces an earlier one. */
    <T> void attribute(Class<T> type, T value);

    /**
     * Leaves the namespace.
     *
     * @param close whether the connection underneath ends too, with all its other namespaces
     */
    void disconnect(boolean close);
}
