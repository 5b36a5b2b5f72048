package dev.parley.chat;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.text.Moments;
import dev.parley.text.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people type to find messages: words, "several words together", and {@code from:} (a user name, an id or {@code me}), {@code in:} (a
 * room's name or id), {@code before:}, {@code after:} (a day in UTC or an instant) and {@code has:} (file, image, link). The later one of
 * two operators counts; what is no operator is a word.
 *
 * @param words each must occur; at most {@link #MAX_WORDS}
 */
public record SearchQuery(
        List<String> words,
        @Nullable String from,
        @Nullable String in,
        @Nullable Instant before,
        @Nullable Instant after,
        @Nullable Has has) {

    static final int MAX_LENGTH = 200;

    static final int MAX_WORDS = 10;

    /** What a message may have. */
    public enum Has {
        FILE("exists (select 1 from attachment a where a.message_id = m.id)"),
        IMAGE("exists (select 1 from attachment a where a.message_id = m.id and a.content_type like 'image/%')"),
        LINK("(m.text like '%http://%' or m.text like '%https://%')");

        private final String condition;

        Has(String condition) {
            this.condition = condition;
        }

        String condition() {
            return condition;
        }

        /** @throws Problem {@code invalid} for anything else */
        public static Has parse(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "file" -> FILE;
                case "image" -> IMAGE;
                case "link" -> LINK;
                default -> throw Problem.invalid("'has' is file, image or link.");
            };
        }
    }

    private static final Pattern PART =
            Pattern.compile("(?:(from|in|before|after|has):)?(?:\"([^\"]*)\"|(\\S+))", Pattern.CASE_INSENSITIVE);

    public SearchQuery {
        if (words.size() > MAX_WORDS) {
            throw Problem.of(Code.INVALID, "A search has at most " + MAX_WORDS + " words.", Map.of("limit", MAX_WORDS));
        }
        words = List.copyOf(words);
        from = from == null ? null : Text.query(from, MAX_LENGTH);
    }

    /** @throws Problem {@code too_large} or {@code invalid} */
    public static SearchQuery parse(String text) {
        String whole = Text.query(text, MAX_LENGTH);
        List<String> words = new ArrayList<>();
        String from = null;
        String in = null;
        Instant before = null;
        Instant after = null;
        Has has = null;
        Matcher parts = PART.matcher(whole);
        while (parts.find()) {
            String operator = parts.group(1) == null ? "" : parts.group(1).toLowerCase(Locale.ROOT);
            String value = parts.group(2) == null ? parts.group(3) : parts.group(2);
            switch (operator) {
                case "from" -> from = value.startsWith("@") ? value.substring(1) : value;
                case "in" -> in = value.startsWith("#") ? value.substring(1) : value;
                case "before" -> before = Moments.parse("before", value);
                case "after" -> after = Moments.parse("after", value);
                case "has" -> has = Has.parse(value);
                default -> {
                    if (!value.isBlank() && !words.contains(value)) {
                        words.add(value);
                    }
                }
            }
        }
        return new SearchQuery(words, from, in, before, after, has);
    }

    /** The same with what was asked for besides; what is null there stays. */
    public SearchQuery and(
            @Nullable String otherFrom,
            @Nullable Instant otherBefore,
            @Nullable Instant otherAfter,
            @Nullable Has otherHas) {
        return new SearchQuery(
                words,
                otherFrom == null || otherFrom.isEmpty() ? from : otherFrom,
                in,
                otherBefore == null ? before : otherBefore,
                otherAfter == null ? after : otherAfter,
                otherHas == null ? has : otherHas);
    }

    boolean asksNothing() {
        return words.isEmpty() && (from == null || from.isEmpty()) && has == null;
    }
}
