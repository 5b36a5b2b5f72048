package dev.parley.socketio.conformance;

import dev.parley.launcher.Child;
import dev.parley.launcher.Crew;
import dev.parley.launcher.Serve;
import dev.parley.launcher.WildFly;
import dev.parley.socketio.testkit.Frames;
import dev.parley.socketio.testkit.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server under test: one for all classes, provisioned by this module, on a free port of loopback; or, by
 * {@code -Dconformance.port}, one that runs already.
 */
final class Server implements AutoCloseable {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static @Nullable Server shared;

    private final Crew crew = new Crew();
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();
    private final int port;
    private final int tlsPort = freePort();

    private Server() {
        var running = Integer.getInteger("conformance.port");
        port = running == null ? freePort() : running;
        if (running == null) {
            start();
        }
    }

    private void start() {
        var wildfly = new WildFly(new WildFly.Setup(
                TARGET.resolve("server"),
                TARGET.resolve("suite"),
                Path.of(System.getProperty("java.home")),
                Path.of(System.getProperty(
                        "conformance.war", TARGET.resolve("conformance.war").toString())),
                Map.of(),
                properties(),
                "384m"));
        try {
            Child server = wildfly.start(crew);
            wildfly.awaitDeployed(server, START_LIMIT);
        } catch (RuntimeException e) {
            crew.close();
            throw e;
        }
    }

    private Map<String, String> properties() {
        var properties = new HashMap<>(Serve.listeningOn(port));
        properties.put("jboss.https.port", Integer.toString(tlsPort));
        properties.put("parley.tls", "true");
        return properties;
    }

    /** Where it speaks TLS, with a certificate that nobody knows. */
    static int tlsPort() {
        return shared().tlsPort;
    }

    static Server shared() {
        if (shared == null) {
            throw new IllegalStateException("a class of the suite is annotated with @Conformance");
        }
        return shared;
    }

    /** A client of what is mounted at that path. */
    static Peer at(String path) {
        return shared().peers.computeIfAbsent(path, key -> new Peer(shared().port, key));
    }

    /** A Socket.IO client of the main namespace, past its greeting; it answers pings by itself. */
    static Frames joined(Peer peer) {
        var frames = peer.webSocket().answeringPings();
        frames.send("40");
        frames.next();
        frames.next();
        return frames;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        peers.values().forEach(Peer::close);
        crew.close();
    }

    /** Starts the server before the first class and stops it after the last. */
    static final class Lifetime implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            shared = context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Server.class))
                    .getOrComputeIfAbsent(Server.class, key -> new Server(), Server.class);
        }
    }
}
