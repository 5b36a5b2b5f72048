package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.adapter.SocketSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A socket as its node described it; reached through the room that is named like it. */
record FetchedSocket(LiveNamespace namespace, SocketSnapshot snapshot) implements RemoteSocket {

    private Broadcast itself() {
        return namespace.to(snapshot.id());
    }

    @Override
    public String id() {
        return snapshot.id();
    }

    @Override
    public Handshake handshake() {
        return Handshake.of(snapshot.request(), snapshot.opened(), snapshot.auth());
    }

    @Override
    public Set<String> rooms() {
        return snapshot.rooms();
    }

    @Override
    public JsonNode data() {
        return snapshot.data();
    }

    @Override
    public void join(String... rooms) {
        itself().socketsJoin(rooms);
    }

    @Override
    public void leave(String... rooms) {
        itself().socketsLeave(rooms);
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        itself().emit(event, arguments);
    }

    @Override
    public CompletionStage<List<JsonNode>> emitWithAck(Duration timeout, String event, @Nullable Object... arguments) {
        return itself().emitWithAck(timeout, event, arguments).thenApply(answers -> {
            if (answers.isEmpty()) {
                throw new Unanswered("the socket is gone", List.of());
            }
            return answers.getFirst();
        });
    }

    @Override
    public void disconnect(boolean close) {
        itself().disconnectSockets(close);
    }
}
