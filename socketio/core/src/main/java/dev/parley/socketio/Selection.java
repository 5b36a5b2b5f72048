package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.adapter.Adapter;
import dev.parley.socketio.adapter.BroadcastOptions;
import dev.parley.socketio.protocol.Outgoing;
import dev.parley.socketio.protocol.Packet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Receivers within one namespace. */
record Selection(LiveNamespace namespace, BroadcastOptions options, Duration patience) implements Broadcast {

    private Selection with(BroadcastOptions others) {
        return new Selection(namespace, others, patience);
    }

    @Override
    public Broadcast to(String... rooms) {
        return with(options.to(rooms));
    }

    @Override
    public Broadcast except(String... rooms) {
        return with(options.except(rooms));
    }

    @Override
    public Broadcast local() {
        return with(options.onlyLocal());
    }

    @Override
    public Broadcast whenWritable() {
        return with(options.whenWritable());
    }

    @Override
    public Broadcast compress(boolean allowed) {
        return with(options.compress(allowed));
    }

    @Override
    public Broadcast timeout(Duration timeout) {
        return new Selection(namespace, options, timeout);
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        adapter().broadcast(message(event, arguments), options);
    }

    @Override
    public CompletionStage<List<List<JsonNode>>> emitWithAck(String event, @Nullable Object... arguments) {
        var message = message(event, arguments);
        return Gathering.ask(
                namespace, patience, answers -> adapter().broadcastWithAck(message, options, patience, answers));
    }

    @Override
    public CompletionStage<List<RemoteSocket>> fetchSockets() {
        return adapter()
                .fetchSockets(options)
                .thenApply(found -> found.stream()
                        .<RemoteSocket>map(snapshot -> new FetchedSocket(namespace, snapshot))
                        .toList());
    }

    @Override
    public void socketsJoin(String... rooms) {
        adapter().addSockets(options, List.of(rooms));
    }

    @Override
    public void socketsLeave(String... rooms) {
        adapter().delSockets(options, List.of(rooms));
    }

    @Override
    public void disconnectSockets(boolean close) {
        adapter().disconnectSockets(options, close);
    }

    private Adapter adapter() {
        return namespace.adapter();
    }

    private Outgoing message(String event, @Nullable Object... arguments) {
        var data = namespace.arguments().event(event, arguments);
        return Outgoing.of(new Packet.Event(namespace.name(), Packet.NO_ACK, data), namespace.parser())
                .compress(options.compress());
    }
}
