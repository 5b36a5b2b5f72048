package dev.parley.it;

import dev.parley.launcher.Azurite;
import dev.parley.launcher.Child;
import dev.parley.launcher.Coturn;
import dev.parley.launcher.Crew;
import dev.parley.launcher.Embedded;
import dev.parley.launcher.WildFly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One installation of Parley for tests: storage, TURN and server on free ports of loopback, its data in one folder. */
final class Parley implements AutoCloseable {

    static final Path PROJECT =
            Path.of(System.getProperty("parley.project", "..")).toAbsolutePath();
    private static final Path WORK = PROJECT.resolve("integration-tests/target/parley");
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final Crew crew = new Crew();
    private final Embedded embedded;
    private final WildFly wildfly;
    private Child server;

    private Parley(Path home, Map<String, String> settings) {
        embedded = new Embedded(PROJECT, home, Path.of(System.getProperty("java.home")), freePorts());
        try {
            Azurite.start(
                    crew,
                    embedded.storagePackages(),
                    home.resolve("blobs"),
                    embedded.ports().storage(),
                    home.resolve("azurite.log"));
            WildFly.Setup setup = embedded.wildfly(Optional.of(startTurn()));
            Map<String, String> environment = new HashMap<>(setup.environment());
            environment.putAll(settings);
            wildfly = new WildFly(new WildFly.Setup(
                    setup.home(), setup.base(), setup.jdk(), setup.ear(), environment, setup.properties(), "512m"));
            server = startServer();
        } catch (RuntimeException e) {
            crew.close();
            throw e;
        }
    }

    /**
     * A new installation with an empty database, as {@code mvn -Prun} makes one, but for {@code settings}.
     *
     * @param name of its folder under target/parley
     */
    static Parley start(String name, Map<String, String> settings) {
        Directories.delete(WORK.resolve(name));
        return new Parley(WORK.resolve(name), settings);
    }

    URI url(String path) {
        return URI.create("http://localhost:" + port() + path);
    }

    URI managementUrl(String path) {
        return URI.create("http://localhost:" + embedded.ports().management() + path);
    }

    int port() {
        return embedded.ports().http();
    }

    Path serverLog() {
        return embedded.home().resolve("server/log/server.log");
    }

    /** kill -9: no goodbye, no flush; returns when the process is gone. */
    void crash() {
        server.kill();
        crew.dismiss(server);
    }

    /** SIGTERM, as an administrator or an orchestrator stops it; returns when the process is gone. */
    void stop() {
        server.close();
        crew.dismiss(server);
    }

    /** Starts the server again on the data that the last one left. */
    void restart() {
        server = startServer();
    }

    @Override
    public void close() {
        crew.close();
    }

    private Child startServer() {
        Child child = wildfly.start(crew);
        wildfly.awaitDeployed(child, START_LIMIT);
        return child;
    }

    private String startTurn() {
        Path program = Coturn.installed()
                .orElseThrow(
                        () -> new IllegalStateException("coturn is not installed: run integration-tests/prepare.mjs"));
        Coturn.Ports ports = new Coturn.Ports(embedded.ports().turn(), 21620, 21679);
        String secret = Coturn.secret();
        Coturn.start(crew, program, embedded.home().resolve("turn"), ports, secret);
        return secret;
    }

    private static Embedded.Ports freePorts() {
        return new Embedded.Ports(freePort(), freePort(), freePort(), freePort(), freePort(), freePort());
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
