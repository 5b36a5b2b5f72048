package dev.parley.engineio;

import java.util.Map;

/** Adds headers to responses (Node's {@code initial_headers} and {@code headers} events). */
@FunctionalInterface
public interface ResponseHeaders {

    /** Adds none. */
    ResponseHeaders NONE = (request, headers) -> {};

    /**
     * Runs on the thread that responds and must not block.
     *
     * @param headers what is sent, to be changed
     */
    void add(EngineRequest request, Map<String, String> headers);
}
