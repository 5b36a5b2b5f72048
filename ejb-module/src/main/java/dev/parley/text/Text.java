package dev.parley.text;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import java.util.Map;

/** Rules for texts that people choose; each refusal names what was wrong with what, and the limit. */
public final class Text {

    private Text() {}

    /** Refuses what no UTF-8 can say, and the one character that PostgreSQL cannot keep. */
    public static String wellFormed(String text, String what) {
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

    /** @param limit in characters (code points) */
    public static String limited(String text, String what, int limit) {
        int length = text.codePointCount(0, text.length());
        if (length > limit) {
            throw Problem.of(
                    Code.TOO_LARGE,
                    "The " + what + " has at most " + limit + " characters, not " + length + ".",
                    Map.of("limit", limit, "length", length));
        }
        return text;
    }

    /** What is typed to find something: well formed, and no longer than that. */
    public static String query(String text, int limit) {
        return limited(wellFormed(text, "query"), "query", limit);
    }

    /**
     * A name, or what else stands on one line among the words of others: stripped, with something to see, without controls and
     * without what turns the direction of the text around it.
     */
    public static String line(String text, String what, int limit) {
        String line = wellFormed(text, what).strip();
        if (!shows(line)) {
            throw Problem.invalid("The " + what + " needs at least one character that shows.");
        }
        if (line.codePoints().anyMatch(Text::misleading)) {
            throw Problem.invalid("The " + what + " has a control character.");
        }
        return limited(line, what, limit);
    }

    /** Whether there is anything to see: blanks of all kinds, joiners and marks without a letter are nothing. */
    public static boolean shows(String text) {
        return text.codePoints().anyMatch(Text::visible);
    }

    /** Controls, ends of lines, and embeddings, overrides and isolates of direction (Unicode Standard Annex 9). */
    public static boolean misleading(int character) {
        return Character.isISOControl(character)
                || character == 0x2028
                || character == 0x2029
                || (character >= 0x202a && character <= 0x202e)
                || (character >= 0x2066 && character <= 0x2069);
    }

    private static boolean visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            // letters by their category, and nothing to see: fillers of Hangul, and the empty pattern of Braille
            default ->
                character != 0x115f
                        && character != 0x1160
                        && character != 0x3164
                        && character != 0xffa0
                        && character != 0x2800;
        };
    }
}
