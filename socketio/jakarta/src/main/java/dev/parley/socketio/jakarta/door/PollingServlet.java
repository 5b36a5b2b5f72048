package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Engine;
import dev.parley.engineio.RequestCheck;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/** Hands polling requests to the engine. */
final class PollingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Engine engine;
    private final transient RequestCheck origins;

    PollingServlet(Engine engine, RequestCheck origins) {
        this.engine = engine;
        this.origins = origins;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        if (request.getPathInfo() == null) { // "/socket.io" without its slash is another path
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var exchange = new ServletExchange(Requests.read(request), request, response, patience());
        var refusal = origins.refuse(exchange.request()).or(() -> RequestSize.refuse(exchange.request()));
        if (refusal.isPresent()) {
            engine.refuse(exchange, refusal.get());
        } else {
            engine.handle(exchange);
        }
    }

    /** Longer than a session lets any request wait: the next ping answers it, or the client is given up. */
    private Duration patience() {
        return engine.options()
                .pingInterval()
                .plus(engine.options().pingTimeout())
                .plusSeconds(60);
    }
}
