package dev.parley.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;

/** The journeys of {@code journeys/}: Playwright with a real Chromium. */
final class Journeys {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    private Journeys() {}

    /**
     * Runs them and tells each as a test of its own.
     *
     * @param name of the files with results
     * @param specs the files to run, as a glob
     */
    static Stream<DynamicTest> run(Parley parley, String name, String specs) throws IOException, InterruptedException {
        return run(parley, name, specs, Map.of());
    }

    /** The same, with more for the journeys to know. */
    static Stream<DynamicTest> run(Parley parley, String name, String specs, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path folder = Parley.PROJECT.resolve("integration-tests");
        Path results = folder.resolve("target/" + name + ".json");
        Path log = folder.resolve("target/" + name + ".log");
        Files.deleteIfExists(results);
        ProcessBuilder command = new ProcessBuilder("node", "node_modules/@playwright/test/cli.js", "test")
                .directory(folder.resolve("journeys").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().put("PARLEY_URL", parley.url("/").toString());
        command.environment().put("PARLEY_RESULTS", results.toString());
        command.environment().put("PARLEY_SPECS", specs);
        command.environment().putAll(environment);
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
        List<JsonNode> told = specs(Person.JSON.readTree(results.toFile())).toList();
        if (told.isEmpty()) {
            throw new AssertionError("no journey was run: see " + log);
        }
        Files.write(
                folder.resolve("target/" + name + "-flaky.txt"),
                told.stream()
                        .filter(spec -> attempts(spec).size() > 1 && passed(spec))
                        .map(Journeys::title)
                        .toList());
        return told.stream().map(Journeys::told);
    }

    private static Stream<JsonNode> specs(JsonNode suite) {
        return Stream.concat(
                elements(suite.path("specs")), elements(suite.path("suites")).flatMap(Journeys::specs));
    }

    private static DynamicTest told(JsonNode spec) {
        return DynamicTest.dynamicTest(title(spec), () -> {
            if (!passed(spec)) {
                JsonNode result = newest(spec);
                throw new AssertionError(result.path("status").asText() + "\n"
                        + String.join("\n", result.path("errors").findValuesAsText("message")));
            }
        });
    }

    private static String title(JsonNode spec) {
        return spec.path("title").asText();
    }

    /** A skipped one has not passed. */
    private static boolean passed(JsonNode spec) {
        return spec.path("ok").asBoolean()
                && newest(spec).path("status").asText().equals("passed");
    }

    private static JsonNode newest(JsonNode spec) {
        return attempts(spec).path(attempts(spec).size() - 1);
    }

    /** One, or another one after it failed. */
    private static JsonNode attempts(JsonNode spec) {
        return spec.path("tests").path(0).path("results");
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
