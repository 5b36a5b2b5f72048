package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.WebSocketPort;
import jakarta.websocket.Session;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Writes to WebSockets by other means than the standard API, where a server has better ones; found by {@link ServiceLoader}. The
 * standard API stays the fallback.
 */
@FunctionalInterface
public interface WebSocketPorts {

    /** Empty when the session is of another server. */
    Optional<WebSocketPort> of(Session session);

    /** What is on the class path, then the standard API. */
    static WebSocketPorts find() {
        var found = OnClassPath.find(WebSocketPorts.class, "WebSockets are written to by the standard API");
        return session -> firstOf(found, session);
    }

    private static Optional<WebSocketPort> firstOf(List<WebSocketPorts> ports, Session session) {
        return ports.stream()
                .flatMap(port -> port.of(session).stream())
                .findFirst()
                .or(() -> Optional.of(new JakartaSocket(session)));
    }
}
