package dev.parley.engineio;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes session ids (Node's {@code generateId}). Who knows the id of a session can speak for its client: it must not be guessable. */
@FunctionalInterface
public interface IdGenerator {

    /**
     * Runs on the thread of the request and may block it shortly. What it throws refuses the handshake with code 3.
     *
     * @return at most 64 letters, digits, hyphens and underscores that no living session has
     */
    String generate(EngineRequest handshake);

    /** 120 random bits in 20 characters. */
    static IdGenerator random() {
        var random = new SecureRandom();
        return handshake -> {
            var bytes = new byte[15];
            random.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        };
    }
}
