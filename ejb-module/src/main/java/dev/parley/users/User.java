package dev.parley.users;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person, as others see them; the wire's shape. */
public record User(
        UUID id,
        String username,
        String displayName,
        @Nullable String avatarUrl) {}
