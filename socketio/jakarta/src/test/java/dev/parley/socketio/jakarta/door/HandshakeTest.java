package dev.parley.socketio.jakarta.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engineio.Cors;
import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.IdGenerator;
import dev.parley.engineio.Refusal;
import dev.parley.engineio.SessionCookie;
import dev.parley.socketio.testkit.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandshakeTest {

    private static final DoorOptions STRICT =
            new DoorOptions("/socket.io/", Set.of("https://friend.example"), true, false);
    private static final IdGenerator IDS = IdGenerator.random();

    private TestDoor door;

    @BeforeAll
    void open() {
        door = new TestDoor(
                options -> options.generateId(HandshakeTest::id),
                new DoorOptions("/socket.io/", Set.of("https://friend.example")));
    }

    @AfterAll
    void close() throws Exception {
        door.close();
    }

    @Test
    void answers_with_the_reference_servers_members_in_its_order() {
        var response = door.peer().get("?EIO=4&transport=polling");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[\"websocket\"],"
                        + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("text/plain;charset=UTF-8"); // Undertow takes the space out
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "access-control-allow-origin");
    }

    @Test
    void opens_over_a_web_socket_without_upgrades() {
        var frames = door.peer().webSocket("?EIO=4&transport=websocket");

        assertThat(frames.next()).startsWith("0{\"sid\":\"").contains("\"upgrades\":[]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET     | ?transport=polling                    | 400 | 5 | Unsupported protocol version",
                "GET     | ?EIO=abc&transport=polling            | 400 | 5 | Unsupported protocol version",
                "GET     | ?EIO=3&transport=polling              | 400 | 5 | Unsupported protocol version",
                "GET     | ?EIO=4                                | 400 | 0 | Transport unknown",
                "GET     | ?EIO=4&transport=abc                  | 400 | 0 | Transport unknown",
                "GET     | ?EIO=4&transport=webtransport         | 400 | 0 | Transport unknown",
                "GET     | ?EIO=4&transport=constructor          | 400 | 0 | Transport unknown",
                "POST    | ?EIO=4&transport=polling              | 400 | 2 | Bad handshake method",
                "PUT     | ?EIO=4&transport=polling              | 400 | 2 | Bad handshake method",
                "OPTIONS | ?EIO=4&transport=polling              | 400 | 2 | Bad handshake method",
                "GET     | ?EIO=4&transport=websocket            | 400 | 3 | Bad request",
                "GET     | ?EIO=4&transport=polling&sid=nobody   | 400 | 1 | Session ID unknown",
                "POST    | ?EIO=4&transport=polling&sid=nobody   | 400 | 1 | Session ID unknown",
                "GET     | anything.js                           | 400 | 0 | Transport unknown",
            })
    void refuses_with_status_code_and_message(String method, String query, int status, int code, String message) {
        var response = door.peer().method(method, query);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    @Test
    void refuses_a_request_whose_protocol_differs_from_the_sessions() {
        var session = door.peer().polling();

        var response = door.peer().get("?EIO=3&transport=polling&sid=" + session.sid());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
    }

    @Test
    void answers_another_method_of_a_session_with_500() {
        var session = door.peer().polling();

        assertThat(door.peer().method("PUT", session.query()).statusCode()).isEqualTo(500);
    }

    @Test
    void knows_nothing_at_the_path_without_its_slash() {
        var peer = new Peer(door.port(), "/socket.io");

        assertThat(peer.get("?EIO=4&transport=polling").statusCode()).isEqualTo(404);
    }

    private static String id(EngineRequest request) {
        if (request.parameter("noId").isPresent()) {
            throw new IllegalStateException("out of ids");
        }
        return IDS.generate(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "https://friend.example", "null", "::"})
    void leaves_it_to_browsers_what_pages_read_over_polling(String origin) {
        var response = door.peer().get("?EIO=4&transport=polling", "Origin", origin);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, 403",
        "https://friend.example, 200",
        "null, 403",
        "http://127.0.0.1:1, 403",
        "::, 403"
    })
    void lets_in_only_allowed_origins_where_polling_is_checked_too(String origin, int status) throws Exception {
        try (var strict = new TestDoor(options -> {}, STRICT)) {
            var response = strict.peer().get("?EIO=4&transport=polling", "Origin", origin);
            var own = strict.peer().get("?EIO=4&transport=polling", "Origin", "http://127.0.0.1:" + strict.port());

            assertThat(response.statusCode()).isEqualTo(status);
            if (status == 403) {
                assertThat(response.body()).isEqualTo("{\"code\":4,\"message\":\"Origin is not allowed\"}");
            }
            assertThat(own.statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"cross-site, 403", "same-site, 403", "same-origin, 200", "none, 200"})
    void lets_in_no_script_of_another_page_where_polling_is_checked_too(String site, int status) throws Exception {
        try (var strict = new TestDoor(options -> {}, STRICT)) {
            var script = strict.peer().get("?EIO=4&transport=polling&j=0", "Sec-Fetch-Site", site);

            assertThat(script.statusCode()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?EIO=4&transport=websocket            | http://evil.example    | 403 | Origin is not allowed",
                "?EIO=4&transport=websocket            | https://friend.example | 101 | ''",
                "?EIO=4&transport=websocket&noId=1     | https://friend.example | 400 | Bad request",
                "?EIO=3&transport=websocket            | https://friend.example | 400 | Unsupported protocol version",
                "?EIO=4&transport=abc                  | https://friend.example | 400 | Transport unknown",
                "?EIO=4&transport=polling              | https://friend.example | 400 | Bad request",
                "?EIO=4&transport=websocket&sid=nobody | https://friend.example | 400 | Session ID unknown",
            })
    void decides_on_a_web_socket_while_it_is_still_http(String query, String origin, int status, String body)
            throws IOException {
        var response = upgrade(query, origin);

        assertThat(response).startsWith("HTTP/1.1 " + status + " ");
        if (status != 101) {
            assertThat(response).endsWith("\r\n\r\n" + body).contains("Connection: close");
        }
    }

    private String upgrade(String query, String origin) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            socket.setSoTimeout(10_000);
            var request = "GET /socket.io/" + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + door.port()
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " + origin + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var response = new StringBuilder();
            var in = socket.getInputStream();
            for (int b = in.read(); b >= 0 && !isSwitched(response); b = in.read()) {
                response.append((char) b);
            }
            return response.toString();
        }
    }

    private static boolean isSwitched(StringBuilder response) {
        return response.indexOf("HTTP/1.1 101 ") == 0 && response.indexOf("\r\n\r\n") > 0;
    }

    @Test
    void asks_the_application_about_each_handshake() throws Exception {
        try (var asked = new TestDoor(options ->
                options.allowRequest(request -> request.parameter("token").isPresent()
                        ? Optional.empty()
                        : Optional.of(Refusal.forbidden("no \"token\""))))) {
            var refused = asked.peer().get("?EIO=4&transport=polling");
            var allowed = asked.peer().get("?EIO=4&transport=polling&token=a");

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).isEqualTo("{\"code\":4,\"message\":\"no \\\"token\\\"\"}");
            assertThat(allowed.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void names_a_cookie_in_the_handshake_only() throws Exception {
        try (var sticky = new TestDoor(options -> options.cookie(new SessionCookie("io", "/", false)))) {
            var session = sticky.peer().polling();
            var later = session.push("40");

            assertThat(session.handshake().headers().firstValue("set-cookie"))
                    .hasValue("io=" + session.sid() + "; Path=/; HttpOnly; SameSite=Lax");
            assertThat(later.headers().firstValue("set-cookie")).isEmpty();
        }
    }

    @Test
    void tells_pages_of_other_origins_what_they_may_read() throws Exception {
        var options = new DoorOptions("/socket.io/", Set.of("https://friend.example"));
        try (var open =
                new TestDoor(engine -> engine.cors(new Cors(Set.of("https://friend.example"), true)), options)) {
            var preflight = open.peer()
                    .method(
                            "OPTIONS",
                            "?EIO=4&transport=polling",
                            "Origin",
                            "https://friend.example",
                            "Access-Control-Request-Headers",
                            "x-a");
            var error = open.peer().get("?EIO=4&transport=abc", "Origin", "https://friend.example");

            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                    .hasValue("https://friend.example");
            assertThat(preflight.headers().firstValue("access-control-allow-headers"))
                    .hasValue("x-a");
            assertThat(error.statusCode()).isEqualTo(400);
            assertThat(error.headers().firstValue("access-control-allow-credentials"))
                    .hasValue("true");
            assertThat(error.headers().firstValue("vary")).hasValue("Origin");
        }
    }
}
