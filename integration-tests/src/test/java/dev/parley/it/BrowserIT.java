package dev.parley.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the journeys of {@code journeys/*.spec.ts} (Playwright: real Chromium, and the stock JavaScript client) against the
 * shared server, and tells each as a test of its own.
 */
@ExtendWith(SharedParley.class)
class BrowserIT {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    @TestFactory
    Stream<DynamicTest> journeys(Parley parley) throws IOException, InterruptedException {
        Path folder = Parley.PROJECT.resolve("integration-tests");
        Path results = folder.resolve("target/journeys.json");
        Path log = folder.resolve("target/journeys.log");
        Files.deleteIfExists(results);
        ProcessBuilder command = new ProcessBuilder("node", "node_modules/@playwright/test/cli.js", "test")
                .directory(folder.resolve("journeys").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().put("PARLEY_URL", parley.url("/").toString());
        command.environment().put("PARLEY_RESULTS", results.toString());
        Process playwright = command.start();
        try {
            if (!playwright.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the journeys took more than " + LIMIT + ": see " + log);
            }
        } finally {
            playwright.destroy();
        }
        if (!Files.exists(results)) {
            throw new AssertionError("Playwright did not run: see " + log);
        }
        List<DynamicTest> tests = specs(Person.JSON.readTree(results.toFile()))
                .map(BrowserIT::told)
                .toList();
        if (tests.isEmpty()) {
            throw new AssertionError("no journey was run: see " + log);
        }
        return tests.stream();
    }

    private static Stream<JsonNode> specs(JsonNode suite) {
        return Stream.concat(
                elements(suite.path("specs")), elements(suite.path("suites")).flatMap(BrowserIT::specs));
    }

    private static DynamicTest told(JsonNode spec) {
        return DynamicTest.dynamicTest(spec.path("title").asText(), () -> {
            JsonNode result = spec.path("tests").path(0).path("results").path(0);
            if (!spec.path("ok").asBoolean() || !result.path("status").asText().equals("passed")) {
                throw new AssertionError(result.path("status").asText() + "\n"
                        + String.join("\n", result.path("errors").findValuesAsText("message")));
            }
        });
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
