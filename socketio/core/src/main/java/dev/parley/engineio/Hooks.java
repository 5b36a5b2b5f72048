package dev.parley.engineio;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;

/** What the application has a say in of each request. One that fails is told to the log, not to clients. */
final class Hooks {

    private static final Logger LOG = System.getLogger(Hooks.class.getName());

    private final EngineOptions options;

    Hooks(EngineOptions options) {
        this.options = options;
    }

    /** Whether the application lets a handshake in; a check that fails lets nobody in (code 3, as the reference server). */
    Optional<Refusal> refuse(EngineRequest request) {
        try {
            return options.allowRequest().refuse(request);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A handshake was refused: the check of requests failed", e);
            return Optional.of(Refusal.BAD_REQUEST);
        }
    }

    /** Adds the application's headers to those of a response, as far as it gets. */
    void headers(EngineRequest request, Map<String, String> headers) {
        try {
            if (request.parameter("sid").isEmpty()) {
                options.initialHeaders().add(request, headers);
            }
            options.headers().add(request, headers);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A response lacks headers of the application: the hook failed", e);
        }
    }
}
