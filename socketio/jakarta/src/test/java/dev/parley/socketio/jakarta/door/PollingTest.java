package dev.parley.socketio.jakarta.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.socketio.testkit.Peer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PollingTest {

    private TestDoor door;

    @BeforeAll
    void open() {
        door = new TestDoor(options -> options.maxHttpBufferSize(100_000));
    }

    @AfterAll
    void close() throws Exception {
        door.close();
    }

    @Test
    void takes_packets_by_post_and_hands_them_out_by_get_in_one_payload_and_in_order() throws Exception {
        var session = connected();

        var ok = session.push("42[\"message\",1]\u001e42[\"message\",2]\u001e42[\"message\",\"é€😀\"]");
        var payload = new StringBuilder();
        await().until(() ->
                payload.append(session.poll().body()).append('\u001e').indexOf("😀") > 0);

        assertThat(ok.statusCode()).isEqualTo(200);
        assertThat(ok.body()).isEqualTo("ok");
        assertThat(ok.headers().firstValue("content-length")).hasValue("2");
        assertThat(payload.toString())
                .isEqualTo(
                        "42[\"message-back\",1]\u001e42[\"message-back\",2]\u001e42[\"message-back\",\"é€😀\"]\u001e");
    }

    @Test
    void carries_binary_data_as_base64() {
        var session = connected();

        session.push("451-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");

        assertThat(session.poll().body())
                .isEqualTo("451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");
    }

    @Test
    void ends_a_session_whose_client_sends_garbage() {
        var session = door.peer().polling();

        assertThat(session.push("abc").statusCode()).isEqualTo(400);
        assertUnknown(session);
    }

    @Test
    void ends_a_session_that_polls_twice_at_once() throws Exception {
        var session = door.peer().polling();

        var first = session.pollLater();
        Thread.sleep(300); // so that it is the first
        var second = session.poll();

        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(first.get(5, TimeUnit.SECONDS).body()).isEqualTo("1");
        assertUnknown(session);
    }

    @Test
    void ends_a_session_whose_poll_was_aborted_and_repeated() throws Exception {
        var session = door.peer().polling();

        var aborted = session.pollLater();
        Thread.sleep(300); // so that it has arrived
        aborted.cancel(true);

        assertThat(session.poll().statusCode()).isEqualTo(400);
    }

    @Test
    void answers_the_pending_poll_with_a_noop_when_the_client_closes() throws Exception {
        var session = door.peer().polling();

        var pending = session.pollLater();
        Thread.sleep(300); // so that it pends
        var close = session.push("1");

        assertThat(close.body()).isEqualTo("ok");
        assertThat(pending.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(pending.get().body()).isEqualTo("6");
        assertUnknown(session);
    }

    @Test
    void ignores_what_follows_a_close_in_the_same_payload() {
        var session = door.peer().polling();

        assertThat(session.push("40\u001e1\u001eabc").statusCode()).isIn(200, 400);
        assertUnknown(session);
    }

    @Test
    void refuses_a_body_that_is_too_large_and_keeps_the_session() {
        var session = connected();

        var response = session.push("4" + "x".repeat(100_000));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).isEmpty();
        session.push("42[\"message\",1]");
        assertThat(session.poll().body()).isEqualTo("42[\"message-back\",1]");
    }

    @Test
    void takes_a_body_of_exactly_the_limit() {
        var session = connected();
        var frame = "42[\"message\",\"" + "x".repeat(100_000 - 16) + "\"]";

        assertThat(session.push(frame).statusCode()).isEqualTo(200);
        assertThat(session.poll().body()).hasSizeGreaterThan(100_000);
    }

    @Test
    void refuses_binary_bodies() {
        var session = door.peer().polling();

        var response = door.peer().post(session.query(), "4a", "Content-Type", "application/octet-stream");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEmpty();
        assertUnknown(session);
    }

    @Test
    void pings_and_forgets_who_does_not_answer() throws Exception {
        try (var quick = new TestDoor(
                options -> options.pingInterval(Duration.ofMillis(400)).pingTimeout(Duration.ofMillis(1500)))) {
            var session = quick.peer().polling();
            for (int i = 0; i < 3; i++) {
                assertThat(session.poll().body()).isEqualTo("2");
                assertThat(session.push("3").statusCode()).isEqualTo(200);
            }
            var silent = quick.peer().polling();

            Thread.sleep(1900); // the deadlines of the session itself
            assertUnknown(silent);
            await().until(() -> quick.engine().sessionCount() == 0);
        }
    }

    private static void assertUnknown(Peer.Polling session) {
        var response = session.poll();
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    private Peer.Polling connected() {
        var session = door.peer().polling();
        session.push("40");
        var greeting = session.poll().body();
        if (!greeting.contains("auth")) {
            greeting += session.poll().body();
        }
        assertThat(greeting).startsWith("40{\"sid\":\"").endsWith("42[\"auth\",{}]");
        return session;
    }
}
