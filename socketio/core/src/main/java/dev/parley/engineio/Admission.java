package dev.parley.engineio;

/**
 * A request that may become a WebSocket. It holds no place yet: who cannot make it one just forgets it.
 *
 * @param sid of the session it is to belong to: one that lives, or a new one
 */
public record Admission(EngineRequest request, String sid) implements Verdict {

    boolean isNew() {
        return request.parameter("sid").isEmpty();
    }
}
