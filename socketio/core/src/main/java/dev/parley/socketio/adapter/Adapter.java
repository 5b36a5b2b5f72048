package dev.parley.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.protocol.Outgoing;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one namespace and the way to everybody in them. A cluster's adapter keeps the rooms of its node's sockets in a
 * {@link LocalAdapter} and tells the other nodes of whatever is not {@linkplain BroadcastOptions#local() local}: all that it must pass
 * on (encoded messages, options, snapshots, JSON) is made of values. Methods may be called from any thread and do not block; where a
 * cluster answers late, the answer is a stage or comes to {@link Answers}.
 */
public interface Adapter {

    /** Makes the adapter of a namespace. */
    @FunctionalInterface
    interface Factory {
        /** Called once for each namespace of this node, before any socket is in it. */
        Adapter create(Home home);
    }

    /** How many servers share this namespace, this one included. */
    CompletionStage<Integer> serverCount();

    /** Puts a socket into rooms; the first call, with none, makes it a receiver of what goes to everyone and to its id. */
    void addAll(Subscriber socket, Collection<String> rooms);

    /** Takes a socket out of a room; nothing happens if it is not in there. */
    void del(Subscriber socket, String room);

    /** The socket is gone. */
    void delAll(Subscriber socket);

    /** The rooms of a socket of this node, its own id among them; empty when it is unknown. */
    Set<String> socketRooms(Subscriber socket);

    /** How many these are. */
    default int roomCount(Subscriber socket) {
        return socketRooms(socket).size();
    }

    /** The ids of this node's sockets that are meant. */
    Set<String> sockets(BroadcastOptions options);

    /** Encodes once and delivers to all that are meant. */
    void broadcast(Outgoing message, BroadcastOptions options);

    /**
     * As {@link #broadcast}, and each receiver is asked for an acknowledgement, under an id that each node chooses for its own.
     *
     * @param timeout after which nobody listens to answers
     * @return to be run when no answer is wanted any more
     */
    Runnable broadcastWithAck(Outgoing message, BroadcastOptions options, Duration timeout, Answers answers);

    /** All sockets that are meant, of all nodes unless the options are local. */
    CompletionStage<List<SocketSnapshot>> fetchSockets(BroadcastOptions options);

    /** Lets all that are meant join rooms. */
    void addSockets(BroadcastOptions options, Collection<String> rooms);

    /** Lets all that are meant leave rooms. */
    void delSockets(BroadcastOptions options, Collection<String> rooms);

    /** Disconnects all that are meant; {@code close} closes their connections too. */
    void disconnectSockets(BroadcastOptions options, boolean close);

    /** Tells the other servers, not this one. */
    void serverSideEmit(List<JsonNode> data);

    /**
     * Asks the other servers; each answers once.
     *
     * @return to be run when no answer is wanted any more
     */
    Runnable serverSideEmit(List<JsonNode> data, Duration timeout, Answers answers);

    /**
     * The socket is gone, as with {@link #delAll}, but may come back: what is broadcast to it from now on is kept. Does the same as
     * {@link #delAll} where sessions are not kept.
     *
     * @param state asked once, when nothing more is delivered to the socket
     */
    default void persistSession(Subscriber socket, Supplier<SessionState> state) {
        delAll(socket);
    }

    /**
     * Brings a session back, at most once, if it is complete.
     *
     * @param offset of the last message that the client has received, null when it has received none
     * @param resume makes the socket again, in its old rooms; called at most once. What is broadcast from then on is delivered to it, with
     *     neither a gap nor a repetition after the missed messages.
     */
    default CompletionStage<Optional<RestoredSession>> restoreSession(
            String pid, @Nullable String offset, Function<SessionState, Subscriber> resume) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    /** Sends what is no broadcast behind what the calling thread has broadcast through this adapter. */
    default void ordered(Runnable send) {
        send.run();
    }

    /** The namespace is gone, or its server. */
    void close();

    /** Receives the answers to one question, from any thread. */
    interface Answers {

        /** So many will answer, or are to; called once, before or after answers came. */
        void expect(int receivers);

        /** One has answered, with these arguments. */
        void answer(List<JsonNode> arguments);
    }
}
