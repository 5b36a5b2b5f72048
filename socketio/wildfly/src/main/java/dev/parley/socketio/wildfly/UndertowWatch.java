package dev.parley.socketio.wildfly;

import dev.parley.socketio.jakarta.door.ClientWatch;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.xnio.Options;

/** Watches clients on HTTP/1.1. Of HTTP/2 Undertow reads all the time and tells by itself. */
public final class UndertowWatch implements ClientWatch {

    // Fails here, when the service is loaded, if the deployment does not see Undertow.
    private final Class<HttpServerConnection> kind = HttpServerConnection.class;

    @Override
    public Client client(HttpServletRequest request, Duration longestWait) {
        var context = ServletRequestContext.current();
        if (context == null) {
            return Client.UNSEEN;
        }
        var exchange = context.getOriginalRequest().getExchange();
        return kind.isInstance(exchange.getConnection())
                ? client(exchange, kind.cast(exchange.getConnection()), longestWait)
                : Client.UNSEEN;
    }

    private static Client client(HttpServerExchange exchange, HttpServerConnection connection, Duration longestWait) {
        boolean more = connection.getExtraBytes() != null || connection.getPipelineBuffer() != null;
        return more || !exchange.isRequestComplete() || isHasty(connection, longestWait)
                ? Client.UNSEEN
                : new WaitingClient(connection);
    }

    /** Whether the listener's limit for reads, which runs while somebody reads, is shorter than a request may wait. */
    private static boolean isHasty(HttpServerConnection connection, Duration longestWait) {
        try {
            var limit = connection.getOption(Options.READ_TIMEOUT);
            return limit != null && limit > 0 && limit <= longestWait.toMillis();
        } catch (IOException e) {
            return true; // it is closed
        }
    }
}
