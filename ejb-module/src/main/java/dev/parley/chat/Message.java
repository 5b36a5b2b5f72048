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
 * @param mentionsAll whom it calls besides those
 * @param thread of what it began, if anybody has replied
 * @param threadId the message that began the thread in which this one is said
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
        Instant sentAt,
        @Nullable Replies thread,
        @Nullable Everyone mentionsAll,
        @Nullable Instant pinnedAt) {

    /** The longest text, in characters (code points). */
    public static final int MAX_TEXT = 16_000;

    public Message {
        reactions = List.copyOf(reactions);
        mentions = List.copyOf(mentions);
    }

    /**
     * Of the thread that this message began.
     *
     * @param replies that are not deleted
     * @param lastSeq the latest one's, deleted or not
     */
    public record Replies(int replies, long lastSeq, Instant lastReplyAt) {}

    /** Whom a message calls besides those whom it names. */
    public enum Everyone {
        /** {@code @all}: everybody in the room. */
        EVERYBODY("all"),
        /** {@code @here}: those who were present when it was said, who are among its mentions. */
        PRESENT("here");

        private final String wire;

        Everyone(String wire) {
            this.wire = wire;
        }

        @JsonValue
        public String wire() {
            return wire;
        }
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
