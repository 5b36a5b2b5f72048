package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Peer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Status, code and message of every refusal. */
@Conformance
class EngineErrorsIT {

    private final Peer peer = Server.at("/patient/engine.io/");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | ?EIO=4                                | 0 | Transport unknown",
                "GET    | ?EIO=4&transport=abc                  | 0 | Transport unknown",
                "GET    | ?EIO=4&transport=webtransport         | 0 | Transport unknown",
                "GET    | ?EIO=4&transport=constructor          | 0 | Transport unknown",
                "GET    | ?EIO=4&transport=polling&sid=nobody   | 1 | Session ID unknown",
                "POST   | ?EIO=4&transport=polling&sid=nobody   | 1 | Session ID unknown",
                "GET    | ?EIO=4&transport=websocket&sid=nobody | 1 | Session ID unknown",
                "POST   | ?EIO=4&transport=polling              | 2 | Bad handshake method",
                "PUT    | ?EIO=4&transport=polling              | 2 | Bad handshake method",
                "GET    | ?EIO=4&transport=websocket            | 3 | Bad request",
                "GET    | ?EIO=3&transport=polling              | 5 | Unsupported protocol version",
                "GET    | ?EIO=44&transport=polling             | 5 | Unsupported protocol version",
                "GET    | ?transport=polling                    | 5 | Unsupported protocol version",
            })
    void a_request_is_refused_with_code_and_message(String method, String query, int code, String message) {
        var response = peer.method(method, query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    @Test
    void a_head_request_is_a_bad_handshake() {
        var response = peer.method("HEAD", "?EIO=4&transport=polling");

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void the_protocol_of_a_request_is_its_sessions() {
        var session = peer.polling();

        var response = peer.get("?EIO=3&transport=polling&sid=" + session.sid());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        session.push("4still here");
        assertThat(session.poll().body()).isEqualTo("4still here");
    }

    @Test
    void an_origin_with_control_bytes_is_a_bad_request() {
        var response = Raw.exchange(
                peer,
                "GET " + peer.path() + "?EIO=4&transport=polling HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                        + "Origin: http://a\u0001b\r\n\r\n");

        assertThat(response).startsWith("HTTP/1.1 400 ");
        assertThat(Raw.body(response)).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
    }

    @Test
    void a_request_must_be_of_its_sessions_transport() {
        var polling = peer.polling();
        var frames = peer.webSocket("?EIO=4&transport=websocket").answeringPings();
        var socket = "?EIO=4&transport=polling&sid=" + Peer.sid(frames.next());

        for (var wrong : List.of(
                peer.get("?EIO=4&transport=websocket&sid=" + polling.sid()),
                peer.get(socket),
                peer.post(socket, "4a"))) {
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        }
        polling.push("4still here");
        assertThat(polling.poll().body()).isEqualTo("4still here");
        assertThat(frames.send("4still here").next()).isEqualTo("4still here");
    }

    @Test
    void without_cors_a_preflight_is_a_bad_handshake_and_no_origin_is_named() {
        var plain = Server.at("/plain/");

        var preflight = plain.method("OPTIONS", "?EIO=4&transport=polling", "Origin", "https://a.example");
        var open = plain.get("?EIO=4&transport=polling", "Origin", "https://a.example");

        assertThat(preflight.statusCode()).isEqualTo(400);
        assertThat(preflight.body()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
        assertThat(open.statusCode()).isEqualTo(200);
        assertThat(open.headers().map()).doesNotContainKeys("access-control-allow-origin", "vary");
    }

    @Test
    void a_transport_that_is_switched_off_is_unknown() {
        var sockets = Server.at("/sockets/");

        assertThat(sockets.get("?EIO=4&transport=polling").body())
                .isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
        assertThat(sockets.webSocket("?EIO=4&transport=websocket").next()).contains("\"upgrades\":[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "noId"})
    void what_fails_in_the_application_is_a_bad_request(String what) {
        var rules = Server.at("/rules/");

        var polling = rules.get("?EIO=4&transport=polling&" + what + "=1");
        var upgrade = Raw.exchange(rules, Raw.upgrade(rules, "?EIO=4&transport=websocket&" + what + "=1", ""));

        assertThat(polling.statusCode()).isEqualTo(400);
        assertThat(polling.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(upgrade).startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(Raw.body(upgrade)).isEqualTo("Bad request");
    }

    @Test
    void a_closed_session_is_unknown() {
        var session = peer.polling();
        session.push("1");

        assertThat(session.push("4a").body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?transport=websocket               | Unsupported protocol version",
                "?EIO=3&transport=websocket         | Unsupported protocol version",
                "?EIO=4                             | Transport unknown",
                "?EIO=4&transport=abc               | Transport unknown",
                "?EIO=4&transport=polling           | Bad request",
                "?EIO=4&transport=websocket&sid=abc | Session ID unknown",
            })
    void an_upgrade_is_refused_before_it_happens(String query, String message) {
        var response = Raw.exchange(peer, Raw.upgrade(peer, query, ""));

        assertThat(response).startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(Raw.header(response, "connection")).isEqualToIgnoringCase("close");
        assertThat(Raw.header(response, "content-type")).isEqualTo("text/html");
        assertThat(Raw.body(response)).isEqualTo(message);
    }

    @Test
    void without_its_slash_the_path_is_another() {
        var response = new Peer(peer.port(), "/patient/engine.io").get("?EIO=4&transport=polling");

        assertThat(response.statusCode()).isEqualTo(404);
    }
}
