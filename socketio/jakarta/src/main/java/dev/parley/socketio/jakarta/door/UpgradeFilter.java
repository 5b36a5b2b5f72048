package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Engine;
import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.Refusal;
import dev.parley.engineio.RequestCheck;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Refuses a WebSocket while it is still an HTTP request: the endpoint itself could only close it after the upgrade. */
final class UpgradeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** The request whose upgrade this thread is doing; the WebSocket API passes on neither its address nor its attributes. */
    private static final ThreadLocal<EngineRequest> CURRENT = new ThreadLocal<>();

    private final transient Engine engine;
    private final transient RequestCheck origins;
    private final transient SocketTakeover takeover;

    UpgradeFilter(Engine engine, RequestCheck origins, SocketTakeover takeover) {
        this.engine = engine;
        this.origins = origins;
        this.takeover = takeover;
    }

    static Optional<EngineRequest> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            chain.doFilter(request, response);
            return;
        }
        var upgrade = Requests.read(request);
        var stranger = origins.refuse(upgrade).or(() -> RequestSize.refuse(upgrade));
        if (stranger.isPresent()) {
            refuse(response, stranger.get().status(), stranger.get());
            return;
        }
        var refusal = engine.verifyUpgrade(upgrade);
        if (refusal.isPresent()) {
            refuse(response, status(refusal.get()), refusal.get());
            return;
        }
        // whoever makes the WebSocket sends these too: they are in its response already
        engine.upgradeHeaders(upgrade).forEach(response::setHeader);
        if (takeover.take(request, response, upgrade, engine)) {
            return;
        }
        CURRENT.set(upgrade);
        try {
            chain.doFilter(request, response);
        } finally {
            CURRENT.remove();
        }
    }

    /** The reference server has but one for all errors of a request; those of this server's own limits say when to come back. */
    private static int status(Refusal refusal) {
        return refusal.status() == HttpServletResponse.SC_FORBIDDEN
                ? HttpServletResponse.SC_BAD_REQUEST
                : refusal.status();
    }

    private static void refuse(HttpServletResponse response, int status, Refusal refusal) throws IOException {
        var body = refusal.message().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Connection", "close");
        response.setHeader("Content-Type", "text/html");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
