package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Admission;
import dev.parley.engineio.Engine;
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

    /** What this thread is upgrading; the WebSocket API passes on neither its address nor its attributes. */
    private static final ThreadLocal<Admission> CURRENT = new ThreadLocal<>();

    private final transient Engine engine;
    private final transient RequestCheck origins;
    private final transient SocketTakeover takeover;

    UpgradeFilter(Engine engine, RequestCheck origins, SocketTakeover takeover) {
        this.engine = engine;
        this.origins = origins;
        this.takeover = takeover;
    }

    static Optional<Admission> current() {
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
        switch (engine.verifyUpgrade(upgrade)) {
            case Refusal refusal -> refuse(response, status(refusal), refusal);
            case Admission admission -> upgrade(request, response, chain, admission);
        }
    }

    private void upgrade(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, Admission admission)
            throws IOException, ServletException {
        // whoever makes the WebSocket sends these too: they are in its response already
        engine.upgradeHeaders(admission.request()).forEach(response::setHeader);
        if (takeover.take(request, response, admission, engine)) {
            return;
        }
        CURRENT.set(admission);
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
