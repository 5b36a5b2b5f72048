package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Peer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CORS, cookie, request check, header hooks, compression, JSONP. */
@Conformance
class EngineOptionsIT {

    private static final String POLLING = "?EIO=4&transport=polling";
    private static final String SOCKET = "?EIO=4&transport=websocket";

    private final Peer peer = Server.at("/rules/");

    @Test
    void a_preflight_is_answered_as_the_cors_package_does() {
        var response = peer.method(
                "OPTIONS",
                POLLING,
                "Origin",
                "https://page.example",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "x-a, x-b");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "access-control-allow-origin")).isEqualTo("https://page.example");
        assertThat(header(response, "access-control-allow-credentials")).isEqualTo("true");
        assertThat(header(response, "access-control-allow-methods")).isEqualTo("GET,HEAD,PUT,PATCH,POST,DELETE");
        assertThat(header(response, "access-control-allow-headers")).isEqualTo("x-a, x-b");
        assertThat(header(response, "vary")).isEqualTo("Origin, Access-Control-Request-Headers");
        assertThat(header(response, "content-length")).isIn("", "0"); // RFC 9110 forbids it on a 204
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://page.example", "https://evil.example"})
    void every_response_names_the_one_origin_that_may_read_it(String origin) {
        for (var query : new String[] {POLLING, "?EIO=4&transport=abc", POLLING + "&sid=nobody", "socket.io.js"}) {
            var response = peer.get(query, "Origin", origin);

            assertThat(header(response, "access-control-allow-origin")).isEqualTo("https://page.example");
            assertThat(header(response, "access-control-allow-credentials")).isEqualTo("true");
            assertThat(header(response, "vary")).contains("Origin");
        }
    }

    @Test
    void a_star_is_sent_as_it_is() {
        var response = Server.at("/patient/engine.io/").get(POLLING, "Origin", "https://a.example");

        assertThat(header(response, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(response, "vary")).isEmpty();
    }

    @Test
    void the_cookie_is_set_by_the_handshake_alone() {
        var response = peer.get(POLLING);
        var session = peer.polling(response);

        assertThat(header(response, "set-cookie"))
                .isEqualTo("io=" + session.sid() + "; Path=/; HttpOnly; SameSite=Lax");
        assertThat(header(session.push("40"), "set-cookie")).isEmpty();
        assertThat(header(session.poll(), "set-cookie")).isEmpty();
    }

    @Test
    void the_hooks_see_every_response_and_the_first() {
        var response = peer.get(POLLING);
        var session = peer.polling(response);
        var upgrade = Raw.exchange(peer, Raw.upgrade(peer, SOCKET, ""));
        var second = session.push("40");

        assertThat(header(response, "x-initial")).isEqualTo("1");
        assertThat(header(response, "x-each")).isEqualTo("2");
        assertThat(header(second, "x-initial")).isEmpty();
        assertThat(header(second, "x-each")).isEqualTo("2");
        assertThat(upgrade).startsWith("HTTP/1.1 101 ");
        assertThat(Raw.header(upgrade, "x-initial")).isEqualTo("1");
        assertThat(Raw.header(upgrade, "x-each")).isEqualTo("2");
    }

    @Test
    void a_request_that_the_application_refuses_is_forbidden() {
        var polling = peer.get(POLLING + "&refuse=not%20today");
        var upgrade = Raw.exchange(peer, Raw.upgrade(peer, SOCKET + "&refuse=not%20today", ""));

        assertThat(polling.statusCode()).isEqualTo(403);
        assertThat(polling.body()).isEqualTo("{\"code\":4,\"message\":\"not today\"}");
        assertThat(upgrade).startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(Raw.header(upgrade, "connection")).isEqualToIgnoringCase("close");
        assertThat(Raw.body(upgrade)).isEqualTo("not today");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "gzip, deflate, br"})
    void a_long_payload_is_packed_when_the_client_likes(String accept) {
        var response = fetchLong(true, "Accept-Encoding", accept);

        assertThat(header(response, "content-encoding")).isIn("gzip", "deflate");
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
    }

    @Test
    void a_payload_is_not_packed_unasked_nor_against_the_applications_will() {
        assertThat(header(fetchLong(true), "content-encoding")).isEmpty();
        assertThat(header(fetchLong(true, "Accept-Encoding", "br"), "content-encoding"))
                .isEmpty();
        assertThat(header(fetchLong(false, "Accept-Encoding", "gzip"), "content-encoding"))
                .isEmpty();
    }

    private HttpResponse<String> fetchLong(boolean compress, String... headers) {
        var session = peer.polling();
        session.push("40");
        assertThat(session.poll().body()).startsWith("40{");
        session.push("42[\"long\"," + compress + "]");
        return peer.get(session.query(), headers);
    }

    @Test
    void scripts_and_forms_are_served() {
        var echo = Server.at("/patient/engine.io/");
        var open = echo.get(POLLING + "&j=3");
        var sid = open.body().replaceFirst("^.*\\\\\"sid\\\\\":\\\\\"([^\\\\]+).*$", "$1");
        var query = POLLING + "&j=3&sid=" + sid;

        var ok = echo.post(query, "d=4a%5Cnb%5C%5Cnc%E2%80%A8", "Content-Type", "application/x-www-form-urlencoded");
        var answer = echo.get(query);

        assertThat(open.body()).startsWith("___eio[3](\"0{").endsWith("\");");
        assertThat(header(open, "content-type").replace(" ", "")).isEqualToIgnoringCase("text/plain;charset=UTF-8");
        assertThat(ok.body()).isEqualTo("ok");
        assertThat(answer.body()).matches("___eio\\[3]\\(\"4a(\\\\n|\\\\u000a)b\\\\\\\\nc\\\\u2028\"\\);");
    }

    @Test
    void messages_are_deflated_where_both_sides_want_it() {
        var offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
        var asked = Server.at("/deflate/");

        assertThat(Raw.header(Raw.exchange(asked, Raw.upgrade(asked, SOCKET, offer)), "sec-websocket-extensions"))
                .startsWith("permessage-deflate");
        assertThat(Raw.header(Raw.exchange(asked, Raw.upgrade(asked, SOCKET, "")), "sec-websocket-extensions"))
                .isEmpty();
        assertThat(Raw.header(Raw.exchange(peer, Raw.upgrade(peer, SOCKET, offer)), "sec-websocket-extensions"))
                .isEmpty();
    }

    private static String header(HttpResponse<?> response, String name) {
        return String.join(", ", response.headers().allValues(name));
    }
}
