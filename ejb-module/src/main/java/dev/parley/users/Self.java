package dev.parley.users;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person, as they see themselves; the wire's shape.
 *
 * @param shareLastSeen whether others may know when this person was last there
 */
public record Self(
        UUID id,
        String username,
        String displayName,
        @Nullable String avatarUrl,
        boolean shareLastSeen) {

    User user() {
        return new User(id, username, displayName, avatarUrl);
    }
}
