package dev.parley.web.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Which pages may speak for the person in front of them: our own, and those that {@code parley.origins} names. */
@ApplicationScoped
public class Origins {

    private Set<String> named = Set.of();

    /** For the container's proxy. */
    Origins() {}

    @Inject
    Origins(Config config) {
        this(config.getOptionalValue("parley.origins", String.class).orElse(""));
    }

    Origins(String list) {
        named = Arrays.stream(list.split(","))
                .map(Origins::normal)
                .filter(origin -> !origin.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        if (named.contains("*")) {
            throw new IllegalArgumentException("parley.origins lists origins; '*' would let every page in.");
        }
    }

    /** Those besides our own, as browsers send them. */
    public Set<String> named() {
        return named;
    }

    /**
     * @param origin the request's header; null when no page is behind it
     * @param host the request's own scheme, host and port: {@code https://parley.example}
     */
    public boolean allows(@Nullable String origin, String host) {
        return origin == null || normal(origin).equals(normal(host)) || named.contains(normal(origin));
    }

    /** Lower case, without a final slash and without the scheme's own port. */
    private static String normal(String origin) {
        String text = origin.strip().toLowerCase(Locale.ROOT);
        if (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.startsWith("http://") && text.endsWith(":80")) {
            return text.substring(0, text.length() - 3);
        }
        return text.startsWith("https://") && text.endsWith(":443") ? text.substring(0, text.length() - 4) : text;
    }
}
