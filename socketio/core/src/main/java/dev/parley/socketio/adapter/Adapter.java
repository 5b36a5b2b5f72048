package dev.parley.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.protocol.Encoder;
import dev.parley.socketio.protocol.Packet;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The rooms of one namespace and the way to everybody in them. A cluster's adapter keeps the rooms of its node's sockets and tells the
 * other nodes of each broadcast that is not {@linkplain BroadcastOptions#local() local}. Methods may be called from any thread and
 * do not block.
 */
public interface Adapter {

    /** Makes an adapter for a namespace. */
    @FunctionalInterface
    interface Factory {
        Adapter create(String namespace, Encoder encoder);
    }

    /** Puts a socket into rooms; the first call, with none, makes it a receiver of what goes to everyone and to its id. */
    void addAll(Subscriber socket, Collection<String> rooms);

    void del(Subscriber socket, String room);

    /** The socket is gone. */
    void delAll(Subscriber socket);

    /** The rooms of a socket of this node, its own id among them; empty when it is unknown. */
    Set<String> socketRooms(Subscriber socket);

    /** The ids of this node's sockets that are meant. */
    Set<String> sockets(BroadcastOptions options);

    /** Encodes once and delivers to all that are meant. */
    void broadcast(Packet.Event packet, BroadcastOptions options);

    /**
     * As {@link #broadcast}; the packet carries the id of the acknowledgement.
     *
     * @return to be run when no answer is wanted any more
     */
    Runnable broadcastWithAck(Packet.Event packet, BroadcastOptions options, Answers answers);

    void addSockets(BroadcastOptions options, Collection<String> rooms);

    void delSockets(BroadcastOptions options, Collection<String> rooms);

    void disconnectSockets(BroadcastOptions options, boolean close);

    /** The namespace is gone with its server. */
    void close();

    /** Receives the answers to a broadcast, from any thread. */
    interface Answers {

        /** So many more receivers will answer; called once for each node, before its answers. */
        void expect(int receivers);

        void answer(List<JsonNode> arguments);
    }
}
