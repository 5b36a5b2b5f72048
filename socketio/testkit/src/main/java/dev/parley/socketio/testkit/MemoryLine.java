package dev.parley.socketio.testkit;

import dev.parley.engineio.Admission;
import dev.parley.engineio.Engine;
import dev.parley.engineio.Frame;
import dev.parley.engineio.WebSocketInbound;
import dev.parley.engineio.WebSocketPort;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A WebSocket without a network: what one side writes, the other reads at once. */
final class MemoryLine implements TestClient.Line, WebSocketPort {

    private final TestClient client;
    private final List<String> early = new ArrayList<>();
    private @Nullable WebSocketInbound inbound;

    private MemoryLine(TestClient client) {
        this.client = client;
    }

    static void open(Engine engine, Admission admission, TestClient client) {
        var line = new MemoryLine(client);
        client.line(line); // the engine writes before it has returned
        var inbound = engine.open(admission, line);
        line.inbound = inbound;
        line.early.forEach(inbound::text);
    }

    private WebSocketInbound inbound() {
        return Objects.requireNonNull(inbound);
    }

    @Override
    public void text(String packet) {
        if (inbound == null) {
            early.add(packet);
        } else {
            inbound.text(packet);
        }
    }

    @Override
    public void binary(ByteBuffer message) {
        inbound().binary(message);
    }

    @Override
    public void close() {
        inbound().text("1");
        inbound().closed();
    }

    @Override
    public void vanish() {
        inbound().closed();
    }

    @Override
    public void send(List<Frame> frames, Consumer<@Nullable Throwable> done) {
        TestClient.deliver(client, frames);
        done.accept(null);
    }

    @Override
    public void close(int code, String reason) {
        client.closed();
    }
}
