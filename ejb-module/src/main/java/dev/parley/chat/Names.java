package dev.parley.chat;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import java.util.Map;

/** Short texts that people choose. */
final class Names {

    private Names() {}

    /** Stripped, on one line, with 1 to {@code limit} characters. */
    static String name(String name, int limit) {
        String stripped = wellFormed(name, "name").strip();
        if (stripped.isEmpty() || stripped.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("A name needs at least one character and no control characters.");
        }
        return limited(stripped, limit);
    }

    static String limited(String text, int limit) {
        int length = text.length();
        if (length > limit) {
            throw Problem.of(
                    Code.TOO_LARGE, "At most " + limit + " characters, not " + length + ".", Map.of("limit", limit));
        }
        return text;
    }

    /** Refuses what no UTF-8 can say, and the one character that PostgreSQL cannot keep. */
    static String wellFormed(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == '\0' || (Character.isSurrogate(c) && !pair)) {
                throw Problem.invalid("The " + what + " has a character that is none.");
            }
            i += pair ? 1 : 0;
        }
        return text;
    }
}
