package dev.parley.chat;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.users.User;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was said; the wire's shape.
 *
 * @param seq 1, 2, 3 … in its room without a gap; the only order there is
 * @param clientId the sender's name for it: the same one never makes a second message
 * @param text empty when deleted
 * @param replyTo a message of the same room
 * @param mentions members of the room whom the text names
 * @param deletedAt only the place and the sender are left of a deleted message
 */
public record Message(
        UUID id,
        UUID roomId,
        long seq,
        User sender,
        UUID clientId,
        Kind kind,
        String text,
        @Nullable Media media,
        @Nullable UUID replyTo,
        @Nullable UUID threadId,
        List<Reaction> reactions,
        List<UUID> mentions,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt,
        Instant sentAt) {

    /** The longest text, in characters (code points). */
    public static final int MAX_TEXT = 16_000;

    public Message {
        reactions = List.copyOf(reactions);
        mentions = List.copyOf(mentions);
    }

    public enum Kind {
        TEXT,
        MEDIA,
        CALL,
        SYSTEM;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
