package dev.parley.users;

import org.jspecify.annotations.Nullable;

/**
 * What a person changes about themselves; what is null stays.
 *
 * @param displayName 1 to 100 characters
 * @param avatarUrl a path of this site; empty removes the picture
 * @param shareLastSeen whether others may know when this person was last there
 */
public record ProfileChange(
        @Nullable String displayName,
        @Nullable String avatarUrl,
        @Nullable Boolean shareLastSeen) {}
