package dev.parley.identity;

import java.util.Set;
import java.util.UUID;

/**
 * Who calls, and from which sign-in: proved by a token before a service sees it.
 *
 * @param userId the person
 * @param sessionId the device's sign-in (the token family): logging out ends it
 * @param username the name to sign in with, unique
 * @param roles the token's {@code groups}
 */
public record Caller(UUID userId, UUID sessionId, String username, Set<String> roles) {

    public Caller {
        roles = Set.copyOf(roles);
    }
}
