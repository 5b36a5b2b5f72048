package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.Origins;
import dev.parley.engineio.Refusal;
import dev.parley.engineio.RequestCheck;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in pages of this server's own origin and of those listed. Browsers send cookies along with a WebSocket handshake to any host
 * and do not apply CORS to it, so nobody else would stop a foreign page.
 */
final class OriginCheck implements RequestCheck {

    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");

    private final Origins allowed;

    OriginCheck(Set<String> allowed) {
        this.allowed = Origins.of(allowed);
    }

    @Override
    public Optional<Refusal> refuse(EngineRequest request) {
        var origin = request.header("origin");
        boolean ours = origin.isPresent()
                ? allowed.allow(origin.get()) || isOwn(origin.get(), request)
                : !isForeignScript(request) || allowed.all();
        return ours ? Optional.empty() : Optional.of(Refusal.forbidden("Origin is not allowed"));
    }

    /** What a page loads as a script carries no origin, but browsers say that it is another site's (Fetch Metadata). */
    private static boolean isForeignScript(EngineRequest request) {
        return request.header("sec-fetch-site").filter(FOREIGN::contains).isPresent();
    }

    /** Compares host and port only: behind a proxy that ends TLS, the scheme seen here is not the browser's. */
    private static boolean isOwn(String origin, EngineRequest request) {
        try {
            var uri = new URI(origin);
            var host = uri.getHost();
            if (host == null || uri.getScheme() == null) {
                return false;
            }
            var own = request.header("host").orElse("").toLowerCase(Locale.ROOT);
            var theirs = host.toLowerCase(Locale.ROOT);
            int standard = uri.getScheme().equals("https") ? 443 : 80;
            int port = uri.getPort() < 0 ? standard : uri.getPort();
            return own.equals(theirs + ":" + port) || (port == standard && own.equals(theirs));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
