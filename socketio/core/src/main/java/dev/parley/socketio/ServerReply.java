package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answer to what another server asked. */
final class ServerReply implements Acknowledgement {

    private final Arguments arguments;
    private final Consumer<List<JsonNode>> asker;
    private final AtomicBoolean sent = new AtomicBoolean();

    ServerReply(Arguments arguments, Consumer<List<JsonNode>> asker) {
        this.arguments = arguments;
        this.asker = asker;
    }

    @Override
    public boolean requested() {
        return true;
    }

    @Override
    public void send(@Nullable Object... values) {
        var answer = arguments.acknowledgement(values);
        if (sent.compareAndSet(false, true)) {
            asker.accept(answer);
        }
    }
}
