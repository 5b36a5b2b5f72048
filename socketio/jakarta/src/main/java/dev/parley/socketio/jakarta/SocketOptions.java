package dev.parley.socketio.jakarta;

import dev.parley.engineio.Cors;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.SessionCookie;
import dev.parley.engineio.TransportName;
import dev.parley.socketio.jakarta.door.DoorOptions;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How the injectable {@link dev.parley.socketio.SocketServer} behaves. An application that produces a CDI bean of this type decides
 * for itself; without one it is {@link #configured()}.
 *
 * @param connectTimeout how long a connection may go without joining a namespace, 45 s
 */
public record SocketOptions(EngineOptions engine, Duration connectTimeout, DoorOptions door) {

    public SocketOptions {
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("connectTimeout must be positive, not " + connectTimeout);
        }
    }

    /**
     * From {@code socketio.*} of MicroProfile Config, or of system properties and environment variables where there is no
     * MicroProfile Config. Names and units are those of the reference server: durations in milliseconds, sizes in bytes, lists
     * with commas.
     *
     * @throws IllegalArgumentException naming the key whose value is not usable
     */
    public static SocketOptions configured() {
        return configured(engine -> {});
    }

    /** @param more what cannot be said in configuration, such as {@link EngineOptions.Builder#allowRequest} */
    public static SocketOptions configured(Consumer<EngineOptions.Builder> more) {
        return read(Settings.find(), more);
    }

    static SocketOptions read(Settings settings, Consumer<EngineOptions.Builder> more) {
        EngineOptions.Builder engine = EngineOptions.builder();
        settings.duration("pingInterval").ifPresent(engine::pingInterval);
        settings.duration("pingTimeout").ifPresent(engine::pingTimeout);
        settings.duration("upgradeTimeout").ifPresent(engine::upgradeTimeout);
        settings.size("maxHttpBufferSize").ifPresent(engine::maxHttpBufferSize);
        settings.size("maxBufferedBytes").ifPresent(engine::maxBufferedBytes);
        settings.size("maxBufferedPackets").ifPresent(engine::maxBufferedPackets);
        settings.size("maxInboundBytes").ifPresent(engine::maxInboundBytes);
        settings.truth("allowUpgrades").ifPresent(engine::allowUpgrades);
        settings.list("transports")
                .map(names -> names.stream().map(SocketOptions::transport).collect(Collectors.toSet()))
                .ifPresent(engine::transports);

        DoorOptions usual = DoorOptions.defaults();
        String path = settings.text("path").map(SocketOptions::withSlash).orElse(usual.path());
        Set<String> origins = settings.list("cors.origin").orElse(usual.origins());
        if (!origins.isEmpty()) {
            engine.cors(new Cors(origins, settings.truth("cors.credentials").orElse(false)));
        }
        settings.text("cookie")
                .filter(name -> !name.equalsIgnoreCase("false"))
                .map(name -> name.equalsIgnoreCase("true") ? "io" : name)
                .map(name -> new SessionCookie(
                        name, "/", settings.truth("cookie.secure").orElse(false)))
                .ifPresent(engine::cookie);
        more.accept(engine);
        return new SocketOptions(
                engine.build(),
                settings.duration("connectTimeout").orElse(Duration.ofSeconds(45)),
                new DoorOptions(path, origins));
    }

    /** The reference server adds the slash too. */
    private static String withSlash(String path) {
        return path.endsWith("/") ? path : path + "/";
    }

    private static TransportName transport(String name) {
        return TransportName.of(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        Settings.PREFIX + "transports: polling and websocket are known, not " + name));
    }
}
