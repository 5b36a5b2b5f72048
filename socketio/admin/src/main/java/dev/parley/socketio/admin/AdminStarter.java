package dev.parley.socketio.admin;

import dev.parley.socketio.SocketServer;
import dev.parley.socketio.SocketServerBuilder;
import dev.parley.socketio.jakarta.Settings;
import dev.parley.socketio.jakarta.door.ContainerThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Starts the admin namespace of a CDI application when {@code socketio.admin.username} and {@code socketio.admin.password} (a bcrypt hash)
 * are configured, and does nothing otherwise.
 */
@ApplicationScoped
public class AdminStarter {

    private static final String PREFIX = "admin.";
    private static final Set<String> KEYS =
            Set.of("username", "password", "namespace", "mode", "read-only", "server-id", "headers");

    private @Nullable AdminUi admin;
    private @Nullable ContainerThreads threads;

    void watch(@Observes SocketServerBuilder builder) {
        configured(Settings.find()).map(AdminUi::new).ifPresent(ui -> {
            admin = ui;
            builder.listener(ui);
        });
    }

    void start(@Observes SocketServer server) {
        if (admin != null) {
            ContainerThreads found = ContainerThreads.find();
            threads = found;
            admin.start(server, found.timer());
        }
    }

    @PreDestroy
    void stop() {
        if (threads != null) {
            threads.close();
        }
    }

    /** @throws IllegalArgumentException naming the key whose value is not usable */
    static Optional<AdminOptions> configured(Settings settings) {
        String prefix = Settings.PREFIX + PREFIX;
        settings.names()
                .filter(key -> key.startsWith(prefix) && !KEYS.contains(key.substring(prefix.length())))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(key + " is no setting");
                });
        Optional<String> username = settings.text(PREFIX + "username");
        Optional<String> password = settings.text(PREFIX + "password");
        if (username.isEmpty() && password.isEmpty()) {
            return Optional.empty();
        }
        if (username.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException(prefix + "username and " + prefix + "password belong together");
        }
        AdminOptions usual;
        try {
            usual = AdminOptions.of(username.get(), password.get());
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(prefix + "*: " + unusable.getMessage(), unusable);
        }
        return Optional.of(new AdminOptions(
                usual.username(),
                usual.passwordHash(),
                settings.text(PREFIX + "namespace").orElse(usual.namespace()),
                settings.text(PREFIX + "mode").map(AdminStarter::mode).orElse(usual.mode()),
                settings.text(PREFIX + "read-only").map(AdminStarter::truth).orElse(usual.readOnly()),
                settings.text(PREFIX + "server-id").orElse(usual.serverId()),
                settings.text(PREFIX + "headers").map(AdminStarter::list).orElse(usual.headers())));
    }

    private static AdminOptions.Mode mode(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "development" -> AdminOptions.Mode.DEVELOPMENT;
            case "production" -> AdminOptions.Mode.PRODUCTION;
            default ->
                throw new IllegalArgumentException(
                        "socketio.admin.mode must be development or production, not \"" + text + "\"");
        };
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "socketio.admin.read-only must be true or false, not \"" + text + "\"");
        };
    }

    private static Set<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
