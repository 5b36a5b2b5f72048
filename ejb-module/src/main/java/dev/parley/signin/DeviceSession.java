package dev.parley.signin;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of a person's devices that are signed in; the wire's shape.
 *
 * @param id what ends it
 * @param lastUsedAt when it last renewed its token, to a quarter of an hour
 * @param address roughly where from
 * @param current whether it is the one that asks
 */
public record DeviceSession(
        UUID id,
        String name,
        Instant createdAt,
        Instant lastUsedAt,
        @Nullable String address,
        boolean current) {}
