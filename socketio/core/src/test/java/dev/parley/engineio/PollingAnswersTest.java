package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollingAnswersTest {

    private final TestBench bench = new TestBench(EngineOptions.builder());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                   | GZIP",
                "gzip, deflate, br      | GZIP",
                "deflate, gzip          | GZIP",
                "deflate                | DEFLATE",
                "deflate;q=1, gzip;q=.5 | DEFLATE",
                "*                      | GZIP",
                "gzip;q=0, *            | DEFLATE",
                "GZIP                   | GZIP",
                "br                     | ",
                "gzip;q=0               | ",
                "gzip;q=x               | ",
                "''                     | ",
            })
    void packs_a_long_payload_as_the_client_likes(String accept, HttpEncoding encoding) throws IOException {
        var sid = open();
        send("x".repeat(1023));

        var response = bench.get("&sid=" + sid, "accept-encoding", accept);

        assertThat(response.encoding()).isEqualTo(encoding);
        assertThat(unpacked(response)).isEqualTo("4" + "x".repeat(1023));
        if (encoding != null) {
            assertThat(response.allHeaders()).containsEntry("Content-Encoding", encoding.text());
            assertThat(response.bytes()).hasSizeLessThan(200);
        }
    }

    @Test
    void leaves_a_short_payload_as_it_is() {
        var sid = open();
        send("x".repeat(1022));

        var response = bench.get("&sid=" + sid, "accept-encoding", "gzip");

        assertThat(response.encoding()).isNull();
        assertThat(response.allHeaders()).doesNotContainKey("Content-Encoding");
    }

    @Test
    void leaves_alone_what_must_not_be_packed_unless_something_else_goes_along() {
        var sid = open();
        var secret = Frame.of(new Packet.Text("x".repeat(2000))).uncompressed();

        bench.sessions.get(0).send(List.of(secret));
        var alone = bench.get("&sid=" + sid, "accept-encoding", "gzip");
        bench.sessions.get(0).send(List.of(secret, Frame.of(new Packet.Text("a"))));
        var together = bench.get("&sid=" + sid, "accept-encoding", "gzip");

        assertThat(alone.encoding()).isNull();
        assertThat(together.encoding()).isEqualTo(HttpEncoding.GZIP);
    }

    @Test
    void packs_nothing_when_it_is_told_so() {
        var plain = new TestBench(EngineOptions.builder().httpCompression(-1));
        var sid = sid(plain.get("").body());
        plain.sessions.get(0).send(List.of(Frame.of(new Packet.Text("x".repeat(5000)))));

        assertThat(plain.get("&sid=" + sid, "accept-encoding", "gzip").encoding())
                .isNull();
    }

    @Test
    void calls_a_function_for_scripts() {
        var script = bench.get("&j=3x");

        assertThat(script.body()).startsWith("___eio[3](\"0{\\\"sid\\\":\\\"").endsWith("}\");");
        assertThat(script.contentType()).isEqualTo("text/plain; charset=UTF-8");
    }

    @Test
    void escapes_what_would_end_a_line_of_a_script() {
        var sid = sid(bench.get("").body());
        send("\u2028\u2029\"\\\n");

        assertThat(bench.get("&j=0&sid=" + sid).body()).isEqualTo("___eio[0](\"4\\u2028\\u2029\\\"\\\\\\u000a\");");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "d=4hello%20you    | hello you",
                "d=4a%5Cnb         | 'a\nb'",
                "d=4a%5C%5Cnb      | a\\nb",
                "x=1&d=4a%26b&y=2  | a&b",
                "d=4%C3%A9         | é",
            })
    void reads_a_payload_from_a_form(String form, String message) {
        var sid = open();

        var response = bench.post("&j=0&sid=" + sid, form);

        assertThat(response.body()).isEqualTo("ok");
        assertThat(bench.heard).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource({"x=1", "''", "d=%zz"})
    void answers_a_form_without_data(String form) {
        var sid = open();

        assertThat(bench.post("&j=0&sid=" + sid, form).body()).isEqualTo("ok");
        assertThat(bench.heard).isEmpty();
    }

    @Test
    void adds_the_headers_of_the_application() {
        var hooked = new TestBench(EngineOptions.builder()
                .initialHeaders((request, headers) -> headers.put("X-First", request.method()))
                .headers((request, headers) -> headers.put("X-Each", headers.getOrDefault("X-First", "later"))));

        var first = hooked.get("");
        var sid = sid(first.body());
        var ok = hooked.post("&sid=" + sid, "4a");
        var error = hooked.get("&sid=nobody");
        var upgrade = hooked.engine.upgradeHeaders(TestBench.request("GET", "EIO=4&transport=websocket"));
        var later = hooked.engine.upgradeHeaders(TestBench.request("GET", "EIO=4&transport=websocket&sid=" + sid));

        assertThat(first.headers()).containsEntry("X-First", "GET").containsEntry("X-Each", "GET");
        assertThat(ok.headers()).containsEntry("X-Each", "later").doesNotContainKey("X-First");
        assertThat(error.headers()).doesNotContainKeys("X-First", "X-Each");
        assertThat(upgrade).containsEntry("X-First", "GET").containsEntry("X-Each", "GET");
        assertThat(later).containsOnlyKeys("X-Each");
    }

    @Test
    void names_the_cookie_in_the_handshake_only() {
        var sticky = new TestBench(EngineOptions.builder().cookie(new SessionCookie("io", "/", false)));

        var first = sticky.get("");
        var sid = sid(first.body());

        assertThat(first.headers()).containsEntry("Set-Cookie", "io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
        assertThat(sticky.post("&sid=" + sid, "4a").headers()).doesNotContainKey("Set-Cookie");
    }

    private String open() {
        return sid(bench.get("").body());
    }

    private void send(String message) {
        bench.sessions.get(0).send(List.of(Frame.of(new Packet.Text(message))));
    }

    static String sid(String handshake) {
        return handshake.replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*$", "$1");
    }

    private static String unpacked(EngineResponse response) throws IOException {
        var bytes = new ByteArrayInputStream(response.bytes());
        var stream = switch (response.encoding()) {
            case null -> bytes;
            case GZIP -> new GZIPInputStream(bytes);
            case DEFLATE -> new InflaterInputStream(bytes);
        };
        return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
