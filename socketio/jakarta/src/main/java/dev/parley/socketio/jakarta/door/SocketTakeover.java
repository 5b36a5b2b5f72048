package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Admission;
import dev.parley.engineio.Engine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Takes over the connection of a request that wants to become a WebSocket and speaks RFC 6455 on it by itself, where a server lets
 * it; found by {@link ServiceLoader}, one instance for each door. The Jakarta WebSocket API gets what nobody takes.
 */
@FunctionalInterface
public interface SocketTakeover {

    /**
     * Asked once the request has passed all checks, while the filter of the door serves it.
     *
     * @param admission the same request in the engine's terms, for {@link Engine#open}
     * @return whether the response is settled now and the connection will be handed to the engine; else nothing was touched
     */
    boolean take(HttpServletRequest request, HttpServletResponse response, Admission admission, Engine engine);

    /** Never takes anything. */
    SocketTakeover NONE = (request, response, admission, engine) -> false;

    /** The first that is on the class path and takes it. */
    static SocketTakeover find() {
        var found = OnClassPath.find(SocketTakeover.class, "WebSockets go through the standard API");
        return of(found);
    }

    private static SocketTakeover of(List<SocketTakeover> takeovers) {
        return switch (takeovers.size()) {
            case 0 -> NONE;
            case 1 -> takeovers.getFirst();
            default ->
                (request, response, admission, engine) ->
                        takeovers.stream().anyMatch(takeover -> takeover.take(request, response, admission, engine));
        };
    }
}
