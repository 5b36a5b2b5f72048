package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.socketio.testkit.WebApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static WebApplication server;

    @BeforeAll
    static void start() throws Exception {
        server = Sample.start(Map.of("connect-timeout", "5000"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @TestFactory
    Stream<DynamicContainer> scenarios() {
        return Stream.of("polling", "websocket", "upgrade")
                .map(mode -> DynamicContainer.dynamicContainer(
                        mode,
                        run(mode).stream()
                                .map(result -> DynamicTest.dynamicTest(
                                        result.get("name").asText(),
                                        () -> assertThat(result.path("error").asText())
                                                .isEmpty()))));
    }

    private static List<JsonNode> run(String mode) {
        try {
            Process node = new ProcessBuilder(
                            "node", "scenarios.mjs", server.uri().toString(), mode)
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
                assertThat(results).as("results in mode %s", mode).hasSizeGreaterThan(15);
                return results;
            } finally {
                node.destroyForcibly();
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("node failed in mode " + mode, failure);
        }
    }
}
