package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's presence in one namespace. All methods may be called from any thread and none blocks: what is emitted is
 * queued in order behind what was emitted before. Listeners may be added and removed at any time; they are forgotten when the socket
 * is gone.
 */
public interface Socket extends Emitter {

    /** The public id of this socket (never the Engine.IO session id, which is a secret of its client). */
    String id();

    /** The namespace it is in. */
    Namespace namespace();

    /** The request that opened its connection, and what the client sent with its CONNECT. */
    Handshake handshake();

    /** What carries this socket and those of the same client in other namespaces. */
    Connection connection();

    /** False before the CONNECT was answered and after the disconnect. */
    boolean connected();

    /** Whether it went on where a lost connection of the same client had ended: with its id, rooms and data. */
    boolean recovered();

    // ---- rooms

    /** The rooms joined, among them the one named like {@link #id()}. */
    Set<String> rooms();

    /**
     * Joins rooms; a disconnected socket joins nothing.
     *
     * @throws LimitExceeded when it would be in more than {@link SocketLimits#maxRoomsPerSocket}; then it joins none of them
     */
    void join(String... rooms);

    /** Leaves a room; nothing happens if it is not in there. */
    void leave(String room);

    // ---- sending, besides Emitter

    /** {@link #whenWritable()} and {@link #emit}. */
    default void volatileEmit(String event, @Nullable Object... arguments) {
        whenWritable().emit(event, arguments);
    }

    /** {@link #timeout} and {@link #emitWithAck(String, Object...)}. */
    default CompletionStage<List<JsonNode>> emitWithAck(Duration timeout, String event, @Nullable Object... arguments) {
        return timeout(timeout).emitWithAck(event, arguments);
    }

    /** Emits {@code message}. */
    default void send(@Nullable Object... arguments) {
        emit("message", arguments);
    }

    /** Everybody in any of the rooms, but not this socket. */
    default Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** The same as {@link #to}. */
    default Broadcast in(String... rooms) {
        return to(rooms);
    }

    /** Like {@link #to}, but refuses a room that this socket has not joined ({@link IllegalStateException}). */
    Broadcast within(String room);

    /** Everybody in the namespace but this socket and who is in any of the rooms. */
    default Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** Everybody on this node, but not this socket. */
    default Broadcast local() {
        return broadcast().local();
    }

    /** Everybody in the namespace, but not this socket. */
    Broadcast broadcast();

    // ---- listening

    /** Runs before the listeners of each event, in the order of registration; may refuse it by throwing. */
    void use(EventMiddleware middleware);

    /** Calls the listener for each such event, in the order of arrival. */
    void on(String event, EventListener listener);

    /** Calls the listener for the next such event only. */
    void once(String event, EventListener listener);

    /** Removes a listener that was added by {@link #on} or {@link #once}, if it is there. */
    void off(String event, EventListener listener);

    /** Removes all listeners of that event. */
    void off(String event);

    /** Called for each event, before the listeners of its name. */
    void onAny(EventListener listener);

    /** As {@link #onAny}, before those that are there. */
    void prependAny(EventListener listener);

    /** Removes a listener that was added by {@link #onAny} or {@link #prependAny}, if it is there. */
    void offAny(EventListener listener);

    /** Removes all that {@link #onAny} and {@link #prependAny} added. */
    void offAny();

    /** Called for each event that goes to this socket, whoever emits it. */
    void onAnyOutgoing(OutgoingListener listener);

    /** As {@link #onAnyOutgoing}, before those that are there. */
    void prependAnyOutgoing(OutgoingListener listener);

    /** Removes a listener that was added by {@link #onAnyOutgoing} or {@link #prependAnyOutgoing}, if it is there. */
    void offAnyOutgoing(OutgoingListener listener);

    /** Removes all that {@link #onAnyOutgoing} and {@link #prependAnyOutgoing} added. */
    void offAnyOutgoing();

    /**
     * Called with what an event middleware threw and with the {@link dev.parley.engineio.ProtocolException} for which the connection ends.
     * Without one, what a middleware throws goes to the server's {@link FailureListener}.
     */
    void onError(Consumer<Throwable> listener);

    /** Called once, when the socket is about to be gone: {@link #rooms()} are still there to be looked at. */
    void onDisconnecting(Consumer<DisconnectReason> listener);

    /** Called once, after the socket has left its rooms. */
    void onDisconnect(Consumer<DisconnectReason> listener);

    // ---- what the application keeps

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
