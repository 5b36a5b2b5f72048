package dev.parley.socketio.jakarta;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What an application's environment says about the library: named texts. For the library's own modules. */
public interface Settings {

    /** Of all keys. */
    String PREFIX = "socketio.";

    /** @param key with its prefix */
    Optional<String> value(String key);

    /** All keys that are there, as far as they can be known. */
    Stream<String> names();

    /** MicroProfile Config where it is there and works, else system properties and environment variables. */
    static Settings find() {
        try {
            return new MicroProfile(ConfigProvider.getConfig());
        } catch (LinkageError | IllegalStateException absent) { // no API, or an API without an implementation
            return new Environment();
        }
    }

    /** @param name without the prefix; blank is as good as missing */
    default Optional<String> text(String name) {
        return value(PREFIX + name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** What every JVM has. */
    final class Environment implements Settings {

        @Override
        public Optional<String> value(String key) {
            return Optional.ofNullable(System.getProperty(key))
                    .or(() -> Optional.ofNullable(System.getenv(environmentName(key))));
        }

        @Override
        public Stream<String> names() {
            return System.getProperties().stringPropertyNames().stream();
        }

        /** As MicroProfile Config maps it: {@code SOCKETIO_PING_INTERVAL}. */
        private static String environmentName(String key) {
            return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }
    }

    /** Linked only when it is used: the classes may be absent. */
    final class MicroProfile implements Settings {

        private final Config config;

        MicroProfile(Config config) {
            this.config = config;
        }

        @Override
        public Optional<String> value(String key) {
            return config.getOptionalValue(key, String.class);
        }

        @Override
        public Stream<String> names() {
            return StreamSupport.stream(config.getPropertyNames().spliterator(), false);
        }
    }
}
