package dev.parley.presence;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** What happened to a person's presence, and the rooms whose members may know. */
public sealed interface PresenceFact {

    UUID userId();

    Set<UUID> roomIds();

    /** The first of their connections opened. */
    record CameOnline(Presence presence, Instant at, Set<UUID> roomIds) implements PresenceFact {
        @Override
        public UUID userId() {
            return presence.userId();
        }
    }

    /** The last of their connections was gone for long enough. */
    record WentOffline(UUID userId, Set<UUID> roomIds) implements PresenceFact {}

    /** Anything in between. */
    record Changed(Presence presence, Set<UUID> roomIds) implements PresenceFact {
        @Override
        public UUID userId() {
            return presence.userId();
        }
    }
}
