package dev.parley.users;

import dev.parley.problem.Problem;
import dev.parley.text.Text;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people may be called. */
final class Profile {

    private static final Pattern USERNAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?");
    /** Our own origin only: a picture from elsewhere would tell its host who looks at it. */
    private static final Pattern AVATAR = Pattern.compile("/(?!/)[\\x21-\\x7e&&[^\\\\]]{1,499}");

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_USERNAME = 32;

    private Profile() {}

    /** @throws Problem {@code invalid} */
    static String username(@Nullable String text) {
        String username = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        if (!USERNAME.matcher(username).matches()) {
            throw Problem.invalid("A user name has 1 to 32 letters, digits, dots, dashes or underscores.");
        }
        return username;
    }

    /**
     * A user name like what somebody is called elsewhere: what does not fit becomes a dash.
     *
     * @param attempt 0 for the name itself, then numbered: {@code ada}, {@code ada-2}, {@code ada-3}
     */
    static String usernameLike(String text, int attempt) {
        String plain = Normalizer.normalize(text.strip().toLowerCase(Locale.ROOT), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9._-]+", "-");
        String number = attempt == 0 ? "" : "-" + (attempt + 1);
        String name = trimmed(plain, LONGEST_USERNAME - number.length());
        return (name.isEmpty() ? "somebody" : name) + number;
    }

    private static String trimmed(String text, int length) {
        String begun = text.replaceAll("^[^a-z0-9]+", "");
        return begun.substring(0, Math.min(begun.length(), length)).replaceAll("[^a-z0-9]+$", "");
    }

    /** A display name like what somebody is called elsewhere, or the other name. */
    static String displayNameLike(@Nullable String text, String otherwise) {
        StringBuilder name = new StringBuilder();
        (text == null ? "" : text.strip())
                .codePoints()
                .filter(character -> !Text.misleading(character) && Character.getType(character) != Character.SURROGATE)
                .limit(LONGEST_NAME)
                .forEach(name::appendCodePoint);
        String shown = name.toString().strip();
        return Text.shows(shown) ? shown : otherwise;
    }

    /** @throws Problem {@code invalid}, {@code too_large} */
    static String displayName(@Nullable String text) {
        return Text.line(text == null ? "" : text, "display name", LONGEST_NAME);
    }

    /** @return null for the empty text, which removes the picture */
    static @Nullable String avatarUrl(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!AVATAR.matcher(text).matches()) {
            throw Problem.invalid("A picture is named by a path of this site.");
        }
        return text;
    }
}
