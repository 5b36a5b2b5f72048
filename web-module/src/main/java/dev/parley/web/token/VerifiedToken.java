package dev.parley.web.token;

import dev.parley.identity.Caller;
import java.time.Instant;

/**
 * What a token proved.
 *
 * @param expiresAt until when
 */
public record VerifiedToken(Caller caller, Instant expiresAt) {}
