package dev.parley.socketio.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicApiTest {

    @Test
    void says_of_everything_in_it_what_it_is() throws IOException {
        List<Path> sources;
        try (var all = Files.walk(Path.of(".."))) {
            sources = all.filter(PublicApiTest::isSource).toList();
        }

        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(PublicApi.undocumented(sources)).isEmpty();
    }

    private static boolean isSource(Path file) {
        var name = file.toString();
        return name.contains("/src/main/java/")
                && !name.contains("/target/") // where tests keep copies of the examples
                && name.endsWith(".java")
                && !name.endsWith("-info.java");
    }

    @Test
    void is_found_where_it_is_silent(@TempDir Path folder) throws IOException {
        var file = folder.resolve("Thing.java");
        Files.writeString(file, """
                public interface Thing {
                    void silent();
                    /** Speaks. */
                    void speaks();
                    record Part(int size) {
                        public Part {}
                        public Part(String size) { this(1); }
                        @Override public String toString() { return ""; }
                        int own() { return 1; }
                    }
                    /** An inner one. */
                    enum Kind { A, /** Told of. */ B }
                }
                """);

        assertThat(PublicApi.undocumented(List.of(file)))
                .extracting(found -> found.substring(found.indexOf("Thing.java")))
                .containsExactly(
                        "Thing.java:1 Thing",
                        "Thing.java:2 silent",
                        "Thing.java:5 Part",
                        "Thing.java:7 <init>",
                        "Thing.java:12 A");
    }
}
