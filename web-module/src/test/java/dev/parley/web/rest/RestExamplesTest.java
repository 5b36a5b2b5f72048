package dev.parley.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.web.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/contract/examples shows of REST is what the server writes, field by field. */
class RestExamplesTest {

    private final ObjectMapper json = Json.mapper();

    @ParameterizedTest
    @CsvSource({
        "sessions, dev.parley.web.rest.SessionsResource$Sessions",
        "auth_config, dev.parley.web.rest.AuthResource$Ways"
    })
    void survives_being_read_and_written(String name, Class<?> shape) throws IOException {
        JsonNode example =
                json.readTree(Files.readString(Path.of("..", "docs", "contract", "examples", name + ".json")));

        Object value = json.treeToValue(example, shape);

        assertThat(json.readTree(json.writeValueAsString(value))).isEqualTo(example);
    }
}
