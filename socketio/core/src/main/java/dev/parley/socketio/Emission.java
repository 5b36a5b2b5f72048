package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How to send to one socket of this node. */
record Emission(LiveSocket socket, boolean compressed, boolean isVolatile, Duration patience) implements Emitter {

    @Override
    public Emitter compress(boolean allowed) {
        return new Emission(socket, allowed, isVolatile, patience);
    }

    @Override
    public Emitter whenWritable() {
        return new Emission(socket, compressed, true, patience);
    }

    @Override
    public Emitter timeout(Duration timeout) {
        return new Emission(socket, compressed, isVolatile, timeout);
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        socket.emit(this, event, arguments);
    }

    @Override
    public CompletionStage<List<JsonNode>> emitWithAck(String event, @Nullable Object... arguments) {
        return socket.emitWithAck(this, event, arguments);
    }
}
