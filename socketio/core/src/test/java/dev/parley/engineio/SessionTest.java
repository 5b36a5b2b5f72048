package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {

    private final TestBench bench = TestBench.hasty();
    private final ManualScheduler time = bench.time;
    private final Timers timers = bench.timers;
    private final List<String> heard = bench.heard;
    private final List<Session> sessions = bench.sessions;
    private final Engine engine = bench.engine;

    @Test
    void forgets_a_silent_polling_client_exactly_at_its_deadline() {
        var session = open(engine);
        time.stall(Duration.ofMillis(399));
        assertThat(get(session).text()).isEqualTo("2");

        time.stall(Duration.ofMillis(101));

        assertThat(get(session).status()).isEqualTo(400);
        assertThat(heard).containsExactly("closed PING_TIMEOUT");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void answers_a_poll_that_was_overtaken_by_the_close() {
        var session = open(engine);
        var close = post(session, "1\u001e4ignored");

        var poll = get(session);

        assertThat(poll.text()).isEqualTo("6");
        assertThat(close.text()).isEqualTo("ok");
        assertThat(get(session).status()).isEqualTo(400);
        assertThat(heard).containsExactly("closed TRANSPORT_CLOSE");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void waits_for_such_a_poll_no_longer_than_it_may_take() {
        var session = open(engine);
        var close = post(session, "1");
        assertThat(close.isPending()).isTrue();

        time.advance(Duration.ofMillis(100));

        assertThat(close.text()).isEqualTo("ok");
        assertThat(get(session).status()).isEqualTo(400);
        assertThat(heard).containsExactly("closed TRANSPORT_CLOSE");
    }

    @Test
    void answers_a_close_although_the_session_ends_otherwise_meanwhile() {
        var session = open(engine);
        var close = post(session, "1");

        sessions.get(0).abort(CloseReason.FORCED_CLOSE);

        assertThat(close.text()).isEqualTo("ok");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void keeps_a_client_that_answers() {
        var session = open(engine);

        for (int i = 0; i < 20; i++) {
            var poll = get(session);
            time.advance(Duration.ofMillis(300));
            assertThat(poll.text()).isEqualTo("2");
            assertThat(post(session, "3").text()).isEqualTo("ok");
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void gives_a_client_that_speaks_more_time_for_its_pong_but_once() {
        var session = open(engine);
        time.advance(Duration.ofMillis(450));
        post(session, "4a");
        time.advance(Duration.ofMillis(150));
        post(session, "4b");
        assertThat(engine.sessionCount()).isOne();

        time.advance(Duration.ofMillis(60));

        assertThat(heard).containsExactly("a", "b", "closed PING_TIMEOUT");
    }

    @Test
    void waits_for_a_pong_that_it_does_not_read() {
        open(engine);
        sessions.get(0).suspendReading();

        time.advance(Duration.ofSeconds(10));
        assertThat(engine.sessionCount()).isOne();
        sessions.get(0).resumeReading();
        time.advance(Duration.ofMillis(200));

        assertThat(heard).containsExactly("closed PING_TIMEOUT");
    }

    @Test
    void withholds_the_answer_to_a_post_while_reading_is_suspended() {
        var session = open(engine);
        sessions.get(0).suspendReading();

        var post = post(session, "4a");
        assertThat(post.isPending()).isTrue();
        sessions.get(0).resumeReading();

        assertThat(post.text()).isEqualTo("ok");
    }

    @Test
    void refuses_a_second_post_while_the_first_arrives() {
        var session = open(engine);
        var slow = FakeExchange.slowPost("EIO=4", "transport=polling", "sid=" + session);
        engine.handle(slow);

        var second = post(session, "4b");

        assertThat(second.status()).isEqualTo(400);
        assertThat(heard).containsExactly("closed TRANSPORT_ERROR");
        slow.arrive(new HttpExchange.Body.Complete("4a"));
        assertThat(slow.status()).isEqualTo(400);
        assertThat(heard).hasSize(1);
    }

    @Test
    void ends_when_a_body_breaks_off() {
        var session = open(engine);
        var slow = FakeExchange.slowPost("EIO=4", "transport=polling", "sid=" + session);
        engine.handle(slow);

        slow.arrive(new HttpExchange.Body.Broken());

        assertThat(heard).containsExactly("closed TRANSPORT_ERROR");
    }

    @Test
    void writes_what_gathers_during_a_write_in_the_next_one() {
        var socket = new FakeSocket();
        webSocket(engine, socket);
        socket.block();

        for (int i = 0; i < 5; i++) {
            sessions.get(0).send(text("m" + i));
        }
        assertThat(socket.take()).hasSize(2).last().isEqualTo("4m0");
        socket.unblock();

        assertThat(socket.take()).containsExactly("4m1", "4m2", "4m3", "4m4");
        assertThat(socket.writes()).isEqualTo(3);
    }

    @Test
    void drops_a_volatile_message_that_cannot_be_written_at_once() {
        var socket = new FakeSocket();
        webSocket(engine, socket);
        socket.block();
        sessions.get(0).send(text("a"));

        sessions.get(0).sendVolatile(text("b"));
        socket.unblock();
        sessions.get(0).sendVolatile(text("c"));

        assertThat(socket.sent()).endsWith("4a", "4c").doesNotContain("4b");
    }

    @Test
    void drops_a_slow_reader_by_packets() {
        var small = bench.another(EngineOptions.builder().maxBufferedPackets(10));
        var socket = new FakeSocket();
        webSocket(small, socket);
        socket.block();

        for (int i = 0; i < 12; i++) {
            sessions.get(0).send(text("m"));
        }

        assertThat(heard).containsExactly("closed SLOW_READER");
        assertThat(socket.closeCode()).isEqualTo(1008);
        assertThat(small.sessionCount()).isZero();
    }

    @Test
    void drops_a_slow_reader_by_bytes() {
        var small = bench.another(EngineOptions.builder().maxBufferedBytes(1000));
        var session = open(small);

        sessions.get(0).send(text("x".repeat(900)));
        assertThat(heard).isEmpty();
        sessions.get(0).send(text("x".repeat(101)));

        assertThat(heard).containsExactly("closed SLOW_READER");
        var late = FakeExchange.get("EIO=4", "transport=polling", "sid=" + session);
        small.handle(late);
        assertThat(late.status()).isEqualTo(400);
    }

    @Test
    void ends_when_a_write_fails() {
        var socket = new FakeSocket();
        webSocket(engine, socket);
        socket.block();
        sessions.get(0).send(text("a"));

        socket.complete(new IOException("broken pipe"));

        assertThat(heard).containsExactly("closed TRANSPORT_ERROR");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void delivers_what_was_sent_before_it_closes() {
        var session = open(engine);
        sessions.get(0).send(text("last"));

        sessions.get(0).close();
        sessions.get(0).send(text("too late"));
        assertThat(engine.sessionCount()).isOne();
        assertThat(get(session).text()).isEqualTo("4last");
        assertThat(heard).isEmpty();
        assertThat(get(session).text()).isEqualTo("6\u001e1");

        assertThat(heard).containsExactly("closed FORCED_CLOSE");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void stops_waiting_for_a_client_that_does_not_fetch_the_goodbye() {
        var patient = bench.another(EngineOptions.builder());
        open(patient);

        sessions.get(0).close();
        time.advance(Duration.ofSeconds(31));

        assertThat(heard).containsExactly("closed FORCED_CLOSE");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void keeps_order_through_an_upgrade() {
        var session = open(engine);
        var socket = new FakeSocket();
        var inbound = FakeSocket.open(engine, request(session), socket);
        sessions.get(0).send(text("1"));
        inbound.text("2probe");
        sessions.get(0).send(text("2"));
        var poll = get(session);
        assertThat(poll.isPending()).isTrue();
        time.advance(Duration.ofMillis(100));
        assertThat(poll.text()).isEqualTo("6");

        inbound.text("5");
        sessions.get(0).send(text("3"));

        assertThat(socket.sent()).containsExactly("3probe", "41", "42", "43");
    }

    @Test
    void answers_a_poll_that_waits_when_the_probe_comes() {
        var session = open(engine);
        var poll = get(session);
        var inbound = FakeSocket.open(engine, request(session), new FakeSocket());

        inbound.text("2probe");
        time.advance(Duration.ofMillis(20));

        assertThat(poll.text()).isEqualTo("6");
    }

    @Test
    void goes_on_over_polling_when_the_upgrade_is_not_finished_in_time() {
        var unhurried = bench.another(EngineOptions.builder());
        var session = open(unhurried);
        var socket = new FakeSocket();
        var inbound = FakeSocket.open(unhurried, request(session), socket);
        inbound.text("2probe");
        sessions.get(0).send(text("a"));

        time.advance(Duration.ofSeconds(10));

        assertThat(socket.closeCode()).isEqualTo(1000);
        var poll = FakeExchange.get("EIO=4", "transport=polling", "sid=" + session);
        unhurried.handle(poll);
        assertThat(poll.text()).isEqualTo("4a");
    }

    @Test
    void suspends_the_web_socket_too_when_it_takes_over() {
        var session = open(engine);
        var socket = new FakeSocket();
        var inbound = FakeSocket.open(engine, request(session), socket);
        sessions.get(0).suspendReading();

        inbound.text("2probe");
        inbound.text("5");

        assertThat(socket.isSuspended()).isTrue();
    }

    @Test
    void accepts_an_upgrade_without_a_probe() {
        var session = open(engine);
        var socket = new FakeSocket();

        FakeSocket.open(engine, request(session), socket).text("5");
        sessions.get(0).send(text("a"));

        assertThat(socket.sent()).containsExactly("4a");
        assertThat(get(session).text()).contains("Bad request");
    }

    @Test
    void leaves_nothing_behind() {
        for (int i = 0; i < 1000; i++) {
            var session = open(engine);
            var socket = new FakeSocket();
            var inbound = FakeSocket.open(engine, request(session), socket);
            inbound.text("2probe");
            if (i % 2 == 0) {
                inbound.text("5");
                inbound.closed();
            } else {
                post(session, "1");
            }
        }

        assertThat(engine.sessionCount()).isZero();
        time.advance(Duration.ofMillis(100)); // the last noop timers
        assertThat(timers.pending()).isZero();
    }

    @Test
    void lets_nobody_in_once_it_is_closed() {
        open(engine);

        engine.close();
        var late = FakeExchange.get("EIO=4", "transport=polling");
        engine.handle(late);

        assertThat(late.status()).isEqualTo(503);
        assertThat(heard).containsExactly("closed SHUTTING_DOWN");
        assertThat(timers.pending()).isZero();
    }

    private String open(Engine at) {
        var handshake = FakeExchange.get("EIO=4", "transport=polling");
        at.handle(handshake);
        return handshake.text().substring(9, 29);
    }

    private void webSocket(Engine at, FakeSocket socket) {
        FakeSocket.open(at, FakeExchange.request("GET", "EIO=4", "transport=websocket"), socket);
    }

    private static EngineRequest request(String session) {
        return FakeExchange.request("GET", "EIO=4", "transport=websocket", "sid=" + session);
    }

    private FakeExchange get(String session) {
        var poll = FakeExchange.get("EIO=4", "transport=polling", "sid=" + session);
        engine.handle(poll);
        return poll;
    }

    private FakeExchange post(String session, String payload) {
        var post = FakeExchange.post(payload, "EIO=4", "transport=polling", "sid=" + session);
        engine.handle(post);
        return post;
    }

    private static List<Frame> text(String message) {
        return List.of(Frame.of(new Packet.Text(message)));
    }
}
