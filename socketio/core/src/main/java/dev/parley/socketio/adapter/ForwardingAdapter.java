package dev.parley.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.protocol.Outgoing;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An adapter that leaves everything to another one: extend it and override what is to be different. A cluster's adapter, for example,
 * has a {@link LocalAdapter} behind it for this node's sockets and overrides what is for the other nodes too.
 */
public abstract class ForwardingAdapter implements Adapter {

    private final Adapter target;

    /** @param target does whatever is not overridden */
    protected ForwardingAdapter(Adapter target) {
        this.target = target;
    }

    @Override
    public CompletionStage<Integer> serverCount() {
        return target.serverCount();
    }

    @Override
    public void addAll(Subscriber socket, Collection<String> rooms) {
        target.addAll(socket, rooms);
    }

    @Override
    public void del(Subscriber socket, String room) {
        target.del(socket, room);
    }

    @Override
    public void delAll(Subscriber socket) {
        target.delAll(socket);
    }

    @Override
    public Set<String> socketRooms(Subscriber socket) {
        return target.socketRooms(socket);
    }

    @Override
    public int roomCount(Subscriber socket) {
        return target.roomCount(socket);
    }

    @Override
    public Set<String> sockets(BroadcastOptions options) {
        return target.sockets(options);
    }

    @Override
    public void broadcast(Outgoing message, BroadcastOptions options) {
        target.broadcast(message, options);
    }

    @Override
    public Runnable broadcastWithAck(Outgoing message, BroadcastOptions options, Duration timeout, Answers answers) {
        return target.broadcastWithAck(message, options, timeout, answers);
    }

    @Override
    public CompletionStage<List<SocketSnapshot>> fetchSockets(BroadcastOptions options) {
        return target.fetchSockets(options);
    }

    @Override
    public void addSockets(BroadcastOptions options, Collection<String> rooms) {
        target.addSockets(options, rooms);
    }

    @Override
    public void delSockets(BroadcastOptions options, Collection<String> rooms) {
        target.delSockets(options, rooms);
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        target.disconnectSockets(options, close);
    }

    @Override
    public void serverSideEmit(List<JsonNode> data) {
        target.serverSideEmit(data);
    }

    @Override
    public Runnable serverSideEmit(List<JsonNode> data, Duration timeout, Answers answers) {
        return target.serverSideEmit(data, timeout, answers);
    }

    @Override
    public void persistSession(Subscriber socket, Supplier<SessionState> state) {
        target.persistSession(socket, state);
    }

    @Override
    public CompletionStage<Optional<RestoredSession>> restoreSession(
            String pid, @Nullable String offset, Function<SessionState, Subscriber> resume) {
        return target.restoreSession(pid, offset, resume);
    }

    @Override
    public void ordered(Runnable send) {
        target.ordered(send);
    }

    @Override
    public void close() {
        target.close();
    }
}
