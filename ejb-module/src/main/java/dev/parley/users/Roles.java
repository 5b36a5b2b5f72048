package dev.parley.users;

import dev.parley.problem.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people are besides being people. */
public final class Roles {

    /** Everybody's. */
    public static final String USER = "user";

    private static final Pattern ROLE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");
    private static final int LONGEST = 255;

    private Roles() {}

    static Set<String> read(String words) {
        return Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    /** @throws Problem {@code invalid} */
    static String written(Collection<String> roles) {
        for (String role : roles) {
            if (!ROLE.matcher(role).matches()) {
                throw Problem.invalid("A role has 1 to 32 lower case letters, digits, dots, dashes or underscores.");
            }
        }
        Set<String> own = new TreeSet<>(roles);
        own.remove(USER);
        String words = String.join(" ", own);
        if (words.length() > LONGEST) {
            throw Problem.invalid("The roles of one person have " + LONGEST + " characters at most.");
        }
        return words;
    }
}
