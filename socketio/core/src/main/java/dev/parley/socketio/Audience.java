package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a namespace and a server have in common: shortcuts to {@link Broadcast}s that start from everybody. */
public interface Audience {

    /** Everybody. */
    Broadcast all();

    /** Everybody in any of the rooms; a socket in several rooms receives once. */
    default Broadcast to(String... rooms) {
        return all().to(rooms);
    }

    /** The same as {@link #to}. */
    default Broadcast in(String... rooms) {
        return to(rooms);
    }

    /** Everybody but who is in any of the rooms. */
    default Broadcast except(String... rooms) {
        return all().except(rooms);
    }

    /** Everybody on this node. */
    default Broadcast local() {
        return all().local();
    }

    /** Everybody whose transport is ready to write at once ("volatile"). */
    default Broadcast whenWritable() {
        return all().whenWritable();
    }

    /** Everybody, compressed or not. */
    default Broadcast compress(boolean allowed) {
        return all().compress(allowed);
    }

    /** Everybody, who have that long to acknowledge. */
    default Broadcast timeout(Duration timeout) {
        return all().timeout(timeout);
    }

    /** As {@link Broadcast#emit}, to everybody. */
    default void emit(String event, @Nullable Object... arguments) {
        all().emit(event, arguments);
    }

    /** As {@link Broadcast#emitWithAck(String, Object...)}, to everybody. */
    default CompletionStage<List<List<JsonNode>>> emitWithAck(String event, @Nullable Object... arguments) {
        return all().emitWithAck(event, arguments);
    }

    /** All sockets. */
    default CompletionStage<List<RemoteSocket>> fetchSockets() {
        return all().fetchSockets();
    }

    /** As {@link Broadcast#socketsJoin}, for everybody. */
    default void socketsJoin(String... rooms) {
        all().socketsJoin(rooms);
    }

    /** As {@link Broadcast#socketsLeave}, for everybody. */
    default void socketsLeave(String... rooms) {
        all().socketsLeave(rooms);
    }

    /** As {@link Broadcast#disconnectSockets}, for everybody. */
    default void disconnectSockets(boolean close) {
        all().disconnectSockets(close);
    }

    /**
     * Tells the same namespace of the other servers of a cluster, whose {@link Namespace#onServerSide} listeners hear it; not this one.
     *
     * @throws IllegalArgumentException when the name is reserved
     */
    void serverSideEmit(String event, @Nullable Object... arguments);

    /**
     * Asks the other servers of a cluster. Completes with one answer of each, at once when there is no other, or exceptionally with
     * {@link Unanswered} when the timeout passes first.
     */
    CompletionStage<List<List<JsonNode>>> serverSideEmitWithAck(
            Duration timeout, String event, @Nullable Object... arguments);
}
