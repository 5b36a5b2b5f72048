package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;

/** Decides whether a namespace that nobody made yet is to exist. */
@FunctionalInterface
public interface NamespacePredicate {

    /**
     * Runs off the IO threads, in the client's order; it may block for as long as the connect timeout.
     *
     * @param name as the client sent it, with its leading slash
     * @param auth the payload of its CONNECT, an empty object when there was none
     */
    boolean test(String name, JsonNode auth);
}
