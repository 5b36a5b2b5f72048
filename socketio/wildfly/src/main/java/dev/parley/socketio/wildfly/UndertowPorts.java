package dev.parley.socketio.wildfly;

import dev.parley.engineio.WebSocketPort;
import dev.parley.socketio.jakarta.door.WebSocketPorts;
import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.Session;
import java.util.Optional;

/** Recognises Undertow's sessions. */
public final class UndertowPorts implements WebSocketPorts {

    // Fails here, when the service is loaded, if the deployment does not see Undertow.
    private final Class<UndertowSession> kind = UndertowSession.class;

    @Override
    public Optional<WebSocketPort> of(Session session) {
        return kind.isInstance(session) ? Optional.of(new UndertowSocket(kind.cast(session))) : Optional.empty();
    }
}
