package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.WebApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long-polling as HTTP: statuses, bodies and headers. */
class EngineWireTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static WebApplication server;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        server = Sample.start(Map.of("max-http-buffer-size", "10000", "cors.origin", "https://friend.example"));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() throws Exception {
        http.close();
        server.close();
    }

    @Test
    void opens_a_session() throws Exception {
        HttpResponse<String> response = get("?EIO=4&transport=polling");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).isEqualToIgnoringWhitespace("text/plain;charset=UTF-8"));
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
        assertThat(response.body())
                .matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20,}\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":25000,"
                        + "\"pingTimeout\":20000,\"maxPayload\":10000}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET    | ?transport=polling                     | 400 | {"code":5,"message":"Unsupported protocol version"}
                    GET    | ?EIO=abc&transport=polling             | 400 | {"code":5,"message":"Unsupported protocol version"}
                    GET    | ?EIO=3&transport=polling               | 400 | {"code":5,"message":"Unsupported protocol version"}
                    GET    | ?EIO=4                                 | 400 | {"code":0,"message":"Transport unknown"}
                    GET    | ?EIO=4&transport=abc                   | 400 | {"code":0,"message":"Transport unknown"}
                    GET    | ?EIO=4&transport=polling&sid=unknown   | 400 | {"code":1,"message":"Session ID unknown"}
                    POST   | ?EIO=4&transport=polling&sid=unknown   | 400 | {"code":1,"message":"Session ID unknown"}
                    POST   | ?EIO=4&transport=polling               | 400 | {"code":2,"message":"Bad handshake method"}
                    PUT    | ?EIO=4&transport=polling               | 400 | {"code":2,"message":"Bad handshake method"}
                    GET    | ?EIO=4&transport=websocket             | 400 | {"code":3,"message":"Bad request"}
                    """)
    void refuses(String method, String query, int status, String body) throws Exception {
        HttpResponse<String> response =
                http.send(request(query).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @Test
    void returns_all_that_is_queued_in_one_payload() throws Exception {
        String session = connect();

        post(
                session,
                "421[\"add\",{\"a\":1,\"b\":1}]\u001e422[\"add\",{\"a\":1,\"b\":2}]\u001e423[\"add\",{\"a\":1,\"b\":3}]");

        StringBuilder answers = new StringBuilder();
        while (!answers.toString().contains("433")) {
            answers.append(answers.isEmpty() ? "" : "\u001e")
                    .append(get(session).body());
        }
        assertThat(answers).hasToString("431[2]\u001e432[3]\u001e433[4]");
    }

    @Test
    void carries_binary_as_base64() throws Exception {
        String session = connect();

        post(session, "451-7[\"reverse\",{\"_placeholder\":true,\"num\":0}]\u001ebAQID");

        String all = "";
        while (!all.contains("46")) {
            all += "\u001e" + get(session).body();
        }
        assertThat(all).contains("\u001ebAwIB").contains("461-7[{\"reversed\":{\"_placeholder\":true,\"num\":0}}]");
    }

    @Test
    void answers_a_post_with_ok() throws Exception {
        HttpResponse<String> response = post(connect(), "42[\"unheard\"]");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("ok");
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    }

    @Test
    void closes_a_session_that_polls_twice_at_once() throws Exception {
        String session = connect();
        CompletableFuture<HttpResponse<String>> first = pendingGet(session);

        HttpResponse<String> second = get(session);
        HttpResponse<String> other = first.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        // two connections race: one of the two polls was there first
        HttpResponse<String> held = second.statusCode() == 200 ? second : other;
        HttpResponse<String> refused = held == second ? other : second;
        assertThat(held.body()).isEqualTo("1");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void answers_the_held_poll_when_the_client_closes() throws Exception {
        HttpResponse<String> held;
        int tries = 20; // two connections race: the close may overtake the poll, which is then refused
        do {
            String session = connect();
            CompletableFuture<HttpResponse<String>> poll = pendingGet(session);
            assertThat(post(session, "1").statusCode()).isEqualTo(200);
            held = poll.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(get(session).statusCode()).isEqualTo(400);
        } while (held.statusCode() == 400 && --tries > 0);

        assertThat(held.body()).isEqualTo("6");
    }

    @Test
    void refuses_a_body_that_is_too_large_and_keeps_the_session() throws Exception {
        String session = connect();

        assertThat(post(session, "4".repeat(10_001)).statusCode()).isEqualTo(413);
        HttpRequest chunked = request(session)
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("4".repeat(20_000))))
                .build();
        assertThat(http.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(413);

        post(session, "421[\"add\",{\"a\":1,\"b\":1}]");
        assertThat(get(session).body()).isEqualTo("431[2]");
    }

    @Test
    void closes_on_a_binary_post_and_on_what_is_no_packet() throws Exception {
        String binary = connect();
        HttpRequest octets = request(binary)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(new byte[] {1}))
                .build();
        assertThat(http.send(octets, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
        assertThat(get(binary).statusCode()).isEqualTo(400);

        String garbled = connect();
        post(garbled, "abc");
        assertThat(get(garbled).statusCode()).isIn(200, 400);
        assertThat(get(garbled).statusCode()).isEqualTo(400);
    }

    @Test
    void refuses_a_session_by_another_protocol_version_or_transport() throws Exception {
        String session = connect();

        assertThat(get(session.replace("EIO=4", "EIO=3")).statusCode()).isEqualTo(400);
        assertThat(get(session.replace("polling", "abc")).body())
                .isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
        post(session, "421[\"add\",{\"a\":1,\"b\":1}]");
        assertThat(get(session).body()).isEqualTo("431[2]");
    }

    @Test
    void answers_pages_of_any_origin_and_names_the_one_that_may_read_it() throws Exception {
        assertThat(handshakeFrom("https://friend.example").headers().firstValue("access-control-allow-origin"))
                .hasValue("https://friend.example");
        assertThat(handshakeFrom(server.uri().toString()).statusCode()).isEqualTo(200);
        HttpResponse<String> stranger = handshakeFrom("https://stranger.example");
        assertThat(stranger.statusCode()).isEqualTo(200);
        assertThat(stranger.headers().firstValue("access-control-allow-origin")) // by which its browser refuses
                .hasValue("https://friend.example");
    }

    private static HttpResponse<String> handshakeFrom(String origin) throws IOException, InterruptedException {
        HttpRequest request =
                request("?EIO=4&transport=polling").header("Origin", origin).build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** A session that joined the sample's main namespace, and its query string. */
    private static String connect() throws IOException, InterruptedException {
        String open = get("?EIO=4&transport=polling").body();
        String session = "?EIO=4&transport=polling&sid=" + open.replaceAll("^0\\{\"sid\":\"([^\"]+)\".*$", "$1");
        post(session, "40{\"name\":\"ada\"}");
        String greeting = "";
        while (!greeting.contains("welcome")) {
            greeting += get(session).body();
        }
        return session;
    }

    private static HttpResponse<String> get(String query) throws IOException, InterruptedException {
        return http.send(request(query).build(), BodyHandlers.ofString());
    }

    private static CompletableFuture<HttpResponse<String>> pendingGet(String query) {
        return http.sendAsync(request(query).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String query, String body) throws IOException, InterruptedException {
        return http.send(request(query).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create(server.uri() + "/socket.io/" + query))
                .timeout(LIMIT);
    }
}
