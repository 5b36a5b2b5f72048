package dev.parley.engineio;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Origins of pages, as the reference server's option names them: {@code https://app.example} is itself, {@code *} stands for all,
 * {@code /\.example$/} for those in which the regular expression is found.
 */
public final class Origins {

    private static final String ANY = "*";

    private final Set<String> names;
    private final List<Pattern> patterns;

    private Origins(Set<String> names) {
        this.names = names;
        this.patterns = names.stream()
                .filter(Origins::isPattern)
                .map(name -> Pattern.compile(name.substring(1, name.length() - 1)))
                .toList();
    }

    /** @throws IllegalArgumentException when one is neither an origin nor a regular expression */
    public static Origins of(Set<String> names) {
        return new Origins(Set.copyOf(names));
    }

    private static boolean isPattern(String name) {
        return name.length() > 2 && name.startsWith("/") && name.endsWith("/");
    }

    /** Whether nobody is left out. */
    public boolean all() {
        return names.contains(ANY);
    }

    /** Whether pages of that origin, as browsers name it, are meant. */
    public boolean allow(String origin) {
        return all()
                || names.contains(origin)
                || patterns.stream().anyMatch(pattern -> pattern.matcher(origin).find());
    }
}
