package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Engine;
import dev.parley.engineio.RequestCheck;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Hands polling requests to the engine. */
final class PollingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final boolean needsSlash;
    private final transient Engine engine;
    private final transient RequestCheck origins;
    private final transient Optional<ClientFiles> files;
    private final transient ClientWatch watch = ClientWatch.find();

    /** @param files what to hand out besides */
    PollingServlet(Engine engine, RequestCheck origins, Optional<ClientFiles> files, DoorOptions options) {
        this.needsSlash = options.path().endsWith("/");
        this.engine = engine;
        this.origins = origins;
        this.files = files;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (needsSlash && request.getPathInfo() == null) { // "/socket.io" without its slash is another path
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var known = Requests.read(request);
        var path = request.getPathInfo();
        if (files.isPresent() && files.get().has(path, known.method())) {
            engine.corsHeaders(known).forEach(response::setHeader);
            files.get().serve(path, known, response);
            return;
        }
        var exchange = new ServletExchange(known, request, response, watch, longestWait());
        var refusal = origins.refuse(exchange.request()).or(() -> RequestSize.refuse(exchange.request()));
        if (refusal.isPresent()) {
            engine.refuse(exchange, refusal.get());
        } else {
            engine.handle(exchange);
        }
    }

    /** How long a session lets a request wait: the next ping answers it, or the client is given up. */
    private Duration longestWait() {
        return engine.options().pingInterval().plus(engine.options().pingTimeout());
    }
}
