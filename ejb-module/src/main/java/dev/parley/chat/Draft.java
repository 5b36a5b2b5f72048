package dev.parley.chat;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.text.Text;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that is not said yet.
 *
 * @param clientId the sender's name for it: posting it again gives the same message back
 * @param text at most {@link Message#MAX_TEXT} characters; with nothing to see only beside something else that shows
 * @param threadId the message that began the thread in which it is said
 * @param confirmed that its sender knows how many people it calls
 */
public record Draft(
        UUID clientId,
        Message.Kind kind,
        String text,
        @Nullable UUID replyTo,
        @Nullable Media media,
        @Nullable UUID threadId,
        boolean confirmed) {

    public Draft {
        checked(text);
        if (kind == Message.Kind.TEXT && !Text.shows(text)) {
            throw Problem.invalid("A message needs a text.");
        }
        if ((kind == Message.Kind.MEDIA) != (media != null)) {
            throw new IllegalArgumentException("Media belong to messages of kind media, and each of those has some.");
        }
    }

    public static Draft text(UUID clientId, String text, @Nullable UUID replyTo) {
        return new Draft(clientId, Message.Kind.TEXT, text, replyTo, null, null, false);
    }

    /** The same as a reply in a thread. */
    public Draft in(@Nullable UUID thread) {
        return new Draft(clientId, kind, text, replyTo, media, thread, confirmed);
    }

    /** The same by somebody who knows how many people it calls. */
    public Draft confirmed(boolean yes) {
        return new Draft(clientId, kind, text, replyTo, media, threadId, yes);
    }

    /** @param text what is said about it, or empty */
    public static Draft media(UUID clientId, String text, @Nullable UUID replyTo, Media media) {
        return new Draft(clientId, Message.Kind.MEDIA, text, replyTo, media, null, false);
    }

    /** What a call leaves in its room; one for each call. */
    public static Draft call(UUID callId, String text) {
        return new Draft(callId, Message.Kind.CALL, text, null, null, null, false);
    }

    /** A text that can be kept: neither too long nor what PostgreSQL refuses. */
    static String checked(String text) {
        int length = text.codePointCount(0, text.length());
        if (length > Message.MAX_TEXT) {
            throw Problem.of(
                    Code.TOO_LARGE,
                    "A message has at most " + Message.MAX_TEXT + " characters, this one has " + length + ".",
                    Map.of("limit", Message.MAX_TEXT, "length", length));
        }
        return Text.wellFormed(text, "text");
    }
}
