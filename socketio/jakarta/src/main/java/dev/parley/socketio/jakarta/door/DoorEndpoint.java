package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Admission;
import dev.parley.engineio.Engine;
import dev.parley.engineio.WebSocketInbound;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One WebSocket. Messages are taken in parts: the container's own limit on text does not hold for those that come in several reads. */
final class DoorEndpoint extends Endpoint {

    private final Engine engine;
    private final WebSocketPorts ports;
    private @Nullable WebSocketInbound inbound;

    DoorEndpoint(Engine engine, WebSocketPorts ports) {
        this.ports = ports;
        this.engine = engine;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        if (!(session.getUserProperties().get(DoorConfigurator.ADMISSION) instanceof Admission admission)) {
            throw new IllegalStateException("a WebSocket that did not come through the filter");
        }
        session.setMaxIdleTimeout(0); // the heartbeat knows better
        var opened = engine.open(admission, ports.of(session).orElseThrow());
        inbound = opened;
        int limit = engine.options().maxHttpBufferSize();
        var texts = new TextParts(limit, opened);
        var binaries = new BinaryParts(limit, opened);
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>) texts::part);
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) binaries::part);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (inbound != null) {
            inbound.closed();
        }
    }

    /** A lost connection is closed by the container right after. */
    @Override
    public void onError(Session session, Throwable failure) {
        if (inbound != null && !(failure instanceof IOException)) {
            inbound.failed();
        }
    }
}
