package dev.parley.socketio.jakarta.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engineio.Cors;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientFilesTest {

    private TestDoor door;

    @BeforeAll
    void open() {
        door = new TestDoor(
                options -> options.cors(new Cors(Set.of("*"), false)), new DoorOptions("/socket.io/", Set.of("*")));
    }

    @AfterAll
    void close() throws Exception {
        door.close();
    }

    @ParameterizedTest
    @CsvSource({
        "socket.io.js, javascript",
        "socket.io.js.map, json",
        "socket.io.min.js, javascript",
        "socket.io.min.js.map, json",
        "socket.io.msgpack.min.js, javascript",
        "socket.io.msgpack.min.js.map, json",
        "socket.io.esm.min.js, javascript",
        "socket.io.esm.min.js.map, json"
    })
    void hands_out_each_file_with_its_type_and_tag(String name, String type) {
        var response = door.peer().get(name);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSizeGreaterThan(10_000);
        assertThat(response.headers().firstValue("content-type").orElse("").replace(" ", ""))
                .isEqualToIgnoringCase("application/" + type + ";charset=utf-8");
        assertThat(response.headers().firstValue("etag").orElse("")).matches("\"4\\.\\d+\\.\\d+\"");
        assertThat(response.headers().firstValue("cache-control")).hasValue("public, max-age=0");
        assertThat(response.headers().firstValue("access-control-allow-origin")).hasValue("*");
    }

    @Test
    void hands_a_file_out_once_to_a_browser_that_keeps_it() {
        var tag =
                door.peer().get("socket.io.min.js").headers().firstValue("etag").orElseThrow();

        assertThat(door.peer().get("socket.io.min.js", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(door.peer()
                        .get("socket.io.min.js", "If-None-Match", "W/" + tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(door.peer()
                        .get("socket.io.min.js", "If-None-Match", "\"1.0.0\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void packs_a_file_when_the_browser_likes() {
        var plain = door.peer().get("socket.io.js").body();

        var packed = door.peer().get("socket.io.js", "Accept-Encoding", "gzip, deflate, br");

        assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(packed.headers().firstValueAsLong("content-length").orElseThrow())
                .isLessThan(plain.length() / 2);
    }

    @Test
    void answers_a_head_request_without_the_file() {
        var response = door.peer().method("HEAD", "socket.io.js");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"socket.io.slim.js", "nothing.js", "LICENSE", "package.json", "../package.json", "socket.io.js/"
            })
    void leaves_all_else_to_the_engine(String name) {
        var response = door.peer().get(name);

        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(response.body()).doesNotContain("socket.io-client");
    }

    @Test
    void hands_out_nothing_when_it_is_told_so() throws Exception {
        try (var bare = new TestDoor(options -> options.serveClient(false))) {
            assertThat(bare.peer().get("socket.io.js").body())
                    .isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
        }
    }
}
