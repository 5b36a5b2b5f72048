package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.socketio.testkit.WebApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The npm package socket.io-client against the sample application; its scenarios are {@code src/test/js/scenarios.mjs}. */
class StockJavaScriptClientTest {

    private static final Path SCRIPTS = Path.of("src/test/js").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, WebApplication> SERVERS = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        for (String parser : List.of("json", "msgpack")) {
            Map<String, String> settings = Map.of("connect-timeout", "5000", "parser", parser);
            SERVERS.put(parser + " plain", Sample.start(settings));
            Map<String, String> recovering = new HashMap<>(settings);
            recovering.put("connection-state-recovery", "true");
            SERVERS.put(parser + " recovery", Sample.start(recovering));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (WebApplication server : SERVERS.values()) {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicContainer> scenarios() {
        return modes("plain", 15);
    }

    @TestFactory
    Stream<DynamicContainer> scenarios_of_connection_state_recovery() {
        return modes("recovery", 3);
    }

    private static Stream<DynamicContainer> modes(String kind, int least) {
        return Stream.of("json", "msgpack")
                .flatMap(parser -> Stream.of("polling", "websocket", "upgrade")
                        .map(mode -> DynamicContainer.dynamicContainer(
                                parser + ", " + mode,
                                run(mode, parser, kind, least).stream()
                                        .map(result -> DynamicTest.dynamicTest(
                                                result.get("name").asText(),
                                                () -> assertThat(result.path("error")
                                                                .asText())
                                                        .isEmpty())))));
    }

    private static List<JsonNode> run(String mode, String parser, String kind, int least) {
        try {
            WebApplication server = Objects.requireNonNull(SERVERS.get(parser + " " + kind));
            Process node = new ProcessBuilder(
                            "node", "scenarios.mjs", server.uri().toString(), mode, parser, kind)
                    .directory(SCRIPTS.toFile())
                    .redirectErrorStream(true)
                    .start();
            try {
                List<JsonNode> results = new ArrayList<>();
                List<String> lines = node.inputReader().lines().toList(); // each scenario has its own time limit
                assertThat(node.waitFor(10, TimeUnit.SECONDS)).as("node ended").isTrue();
                for (String line : lines) {
                    assertThat(line)
                            .as("output of node in mode %s: %s", mode, lines)
                            .startsWith("{");
                    results.add(JSON.readTree(line));
                }
                assertThat(results).as("results in mode %s", mode).hasSizeGreaterThanOrEqualTo(least);
                return results;
            } finally {
                node.destroyForcibly();
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("node failed in mode " + mode, failure);
        }
    }
}
