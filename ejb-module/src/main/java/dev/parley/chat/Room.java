package dev.parley.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.users.User;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A room as one person sees it; the wire's shape.
 *
 * @param name what to call it; the others' display names for a direct room
 * @param role absent for a public room that this person has not joined
 * @param lastSeq the newest message's, 0 when there is none
 * @param readSeq up to where this person has read
 * @param unread messages of others behind that, without the replies in threads
 * @param mentions those of them that mention this person
 * @param threadUnread unread replies in the threads that this person follows
 * @param threadMentions those of them that mention this person
 * @param notices {@code notify} on the wire, a word that Java keeps for itself
 * @param peer the other one of a direct room of two
 * @param peers all others of a direct room of more
 * @param archivedAt since when it can only be read
 */
public record Room(
        UUID id,
        Kind kind,
        String name,
        @Nullable String topic,
        @Nullable Role role,
        int memberCount,
        long lastSeq,
        long readSeq,
        long unread,
        long mentions,
        long threadUnread,
        long threadMentions,
        @JsonProperty("notify") Notify notices,
        @Nullable User peer,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<User> peers,
        @Nullable Instant archivedAt) {

    public Room {
        peers = peers == null ? List.of() : List.copyOf(peers);
    }

    public enum Kind {
        /** Whoever has an account may find and join it. */
        PUBLIC,
        PRIVATE,
        /** Of two people or a few, for good. */
        DIRECT;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Role {
        OWNER,
        MODERATOR,
        MEMBER;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean moderates() {
            return this != MEMBER;
        }
    }

    /** What of a room a person wants to be told of. */
    public enum Notify {
        ALL,
        MENTIONS,
        NONE;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
