package dev.parley.socketio.jakarta;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Named texts from outside, read as what they stand for. */
@FunctionalInterface
interface Settings {

    String PREFIX = "socketio.";

    /** @param key with its prefix */
    Optional<String> value(String key);

    /** MicroProfile Config where it is there and works, else system properties and environment variables. */
    static Settings find() {
        try {
            return MicroProfile.settings();
        } catch (LinkageError | IllegalStateException absent) { // no API, or an API without an implementation
            return key -> Optional.ofNullable(System.getProperty(key))
                    .or(() -> Optional.ofNullable(System.getenv(environmentName(key))));
        }
    }

    default Optional<String> text(String name) {
        return value(PREFIX + name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Milliseconds. */
    default Optional<Duration> duration(String name) {
        return parsed(name, "a number of milliseconds", text -> Duration.ofMillis(Long.parseLong(text)));
    }

    default Optional<Integer> size(String name) {
        return parsed(name, "a whole number", Integer::valueOf);
    }

    default Optional<Boolean> truth(String name) {
        return parsed(name, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    default Optional<Set<String>> list(String name) {
        return text(name)
                .map(text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private <T> Optional<T> parsed(String name, String expected, Function<String, T> parser) {
        return text(name).map(text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        PREFIX + name + " must be " + expected + ", not \"" + text + "\"", wrong);
            }
        });
    }

    /** As MicroProfile Config maps it: {@code SOCKETIO_PINGINTERVAL}. */
    private static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Linked only when it is used: the classes may be absent. */
    final class MicroProfile {

        private MicroProfile() {}

        static Settings settings() {
            Config config = ConfigProvider.getConfig();
            return key -> config.getOptionalValue(key, String.class);
        }
    }
}
