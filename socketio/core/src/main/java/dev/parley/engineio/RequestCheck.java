package dev.parley.engineio;

import java.util.Optional;

/** Decides whether a handshake is let in, over polling and WebSocket alike and before the upgrade (Node's {@code allowRequest}). */
@FunctionalInterface
public interface RequestCheck {

    /** Lets everybody in. */
    RequestCheck ALLOW_ALL = request -> Optional.empty();

    /**
     * Runs on the thread of the request and may block it shortly.
     *
     * @return the refusal, or empty to let the request in
     */
    Optional<Refusal> refuse(EngineRequest request);

    /** This check, then the other one. */
    default RequestCheck and(RequestCheck next) {
        return request -> refuse(request).or(() -> next.refuse(request));
    }
}
