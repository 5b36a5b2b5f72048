package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Peer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One GET and one POST at a time, and what becomes of a session that breaks the rules. */
@Conformance
@Timed
class PollingRulesIT {

    /** Long enough for a request to have arrived, well before the next ping. */
    private static final long ARRIVAL = 300;

    private final Peer peer = Server.at("/patient/engine.io/");

    @Test
    void a_second_get_ends_the_session_and_the_first_is_told_so() throws Exception {
        var session = peer.polling();
        var first = pending(session);

        var second = session.poll();

        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(first.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(first.get().body()).isEqualTo("1");
        assertUnknown(session);
    }

    @Test
    void a_get_after_a_cancelled_one_ends_the_session() throws Exception {
        var session = peer.polling();
        pending(session).cancel(true);

        assertThat(session.poll().statusCode()).isEqualTo(400);
    }

    @Test
    void a_second_post_ends_the_session_and_the_waiting_get_is_told_so() throws Exception {
        var session = peer.polling();
        var get = pending(session);
        try (var first = new Socket(InetAddress.getLoopbackAddress(), peer.port())) {
            first.getOutputStream()
                    .write(("POST " + peer.path() + session.query()
                                    + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n4")
                            .getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(ARRIVAL); // its body goes on some time

            var second = session.push("4b");

            assertThat(second.statusCode()).isEqualTo(400);
            assertThat(second.body()).isEmpty();
        }
        assertThat(get.get(5, TimeUnit.SECONDS).body()).isEqualTo("1");
        assertUnknown(session);
    }

    @Test
    void a_get_that_the_close_overtakes_is_answered_all_the_same() throws Exception {
        for (int i = 0; i < 20; i++) {
            var session = peer.polling();

            var close = CompletableFuture.supplyAsync(() -> session.push("1"));
            var get = session.pollLater();

            assertThat(close.get(5, TimeUnit.SECONDS).body()).isEqualTo("ok");
            assertThat(get.get(5, TimeUnit.SECONDS).body()).isEqualTo("6");
            assertUnknown(session);
        }
    }

    @Test
    void a_body_over_the_limit_is_refused_and_the_session_lives() {
        var session = peer.polling();

        var response = session.push("4" + "x".repeat(1_000_000));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).isEmpty();
        session.push("4still here");
        assertThat(session.poll().body()).isEqualTo("4still here");
    }

    @Test
    void a_binary_body_ends_the_session() {
        var session = peer.polling();

        var response = peer.post(session.query(), "4a", "Content-Type", "application/octet-stream");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEmpty();
        assertUnknown(session);
    }

    @Test
    void another_method_is_an_error_that_the_session_survives() {
        var session = peer.polling();

        var response = peer.method("PUT", session.query());

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEmpty();
        session.push("4a");
        assertThat(session.poll().body()).isEqualTo("4a");
    }

    @Test
    void the_headers_are_the_reference_servers() {
        var session = peer.polling();

        var ok = session.push("4a");
        var payload = session.poll();
        session.push("4b");
        var explorer = peer.get(
                session.query(), "User-Agent", "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko");

        assertThat(ok.headers().firstValue("content-type")).hasValue("text/html");
        assertThat(ok.headers().firstValue("content-length")).hasValue("2");
        assertThat(payload.headers().firstValue("content-type").orElse("").replace(" ", ""))
                .isEqualTo("text/plain;charset=UTF-8");
        assertThat(payload.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(payload.headers().firstValue("x-xss-protection")).isEmpty();
        assertThat(explorer.headers().firstValue("x-xss-protection")).hasValue("0");
    }

    @Test
    void a_close_answers_the_pending_get_with_a_noop() throws Exception {
        var session = peer.polling();
        var get = pending(session);

        var close = session.push("1");

        assertThat(close.statusCode()).isEqualTo(200);
        assertThat(get.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(get.get().body()).isEqualTo("6");
        assertUnknown(session);
    }

    @Test
    void what_follows_a_close_in_its_payload_is_ignored() throws Exception {
        var session = peer.polling();
        var get = pending(session);

        session.push("1\u001e4a");

        assertThat(get.get(5, TimeUnit.SECONDS).body()).isEqualTo("6");
    }

    @Test
    void a_close_packet_closes_a_web_socket() {
        for (var path : new String[] {"/patient/engine.io/", "/patient/socket.io/"}) {
            var frames = Server.at(path).webSocket();

            frames.send("1");

            assertThat(frames.closeCode()).isPositive();
        }
    }

    private static CompletableFuture<HttpResponse<String>> pending(Peer.Polling session) throws InterruptedException {
        var get = session.pollLater();
        Thread.sleep(ARRIVAL);
        return get;
    }

    private static void assertUnknown(Peer.Polling session) {
        var response = session.poll();
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }
}
