package dev.parley.it;

import com.sun.net.httpserver.HttpServer;
import dev.parley.launcher.Coturn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Calls between two homes whose routers do not make it easy: {@code journeys/*.lab.ts}, in network namespaces that
 * {@code journeys/lab/network.ts} makes and takes away. Needs Linux and root, and fails where it has not got them, saying what it wants ({@link Privileges}).
 */
class CallLaboratoryIT {

    /** As in {@code journeys/lab/network.ts}. */
    private static final String ADDRESS = "1.2.3.1";

    private static final Path FIGURES = Parley.PROJECT.resolve("integration-tests/target/call-laboratory.txt");
    private static final String SECRET = Coturn.secret();

    private static Parley parley;
    private static HttpServer control;

    @BeforeAll
    static void start() throws IOException {
        Privileges.ofThisProcess().demand();
        Files.deleteIfExists(FIGURES);
        control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        parley = Parley.start(
                "laboratory",
                Map.of(
                        "PARLEY_STUN_URLS",
                        "stun:" + ADDRESS + ":3478",
                        "PARLEY_TURN_URLS",
                        "turn:%1$s:3478?transport=udp,turn:%1$s:3478?transport=tcp,turns:%1$s:443?transport=tcp"
                                .formatted(ADDRESS),
                        "PARLEY_TURN_SECRET",
                        SECRET,
                        "PARLEY_TURN_TTL",
                        "PT1M",
                        "PARLEY_LIMITS_CALL_START",
                        "600/min"));
        on("/crash", parley::crash);
        on("/restart", parley::restart);
        control.start();
    }

    /** The journeys cannot reach the server's process; what they want of it they ask for here. */
    private static void on(String path, Runnable deed) {
        control.createContext(path, exchange -> {
            try (exchange) {
                deed.run();
                exchange.sendResponseHeaders(204, -1);
            }
        });
    }

    @AfterAll
    static void stop() {
        if (control != null) {
            control.stop(0);
        }
        if (parley != null) {
            parley.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> calls() throws IOException, InterruptedException {
        return Journeys.run(
                parley,
                "call-laboratory",
                System.getProperty("laboratory.specs", "*.lab.ts"),
                Map.of(
                        "LAB_TURN_SECRET",
                        SECRET,
                        "LAB_FIGURES",
                        FIGURES.toString(),
                        "LAB_CONTROL",
                        "http://127.0.0.1:" + control.getAddress().getPort()));
    }
}
