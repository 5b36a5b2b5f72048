package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who does not take what is sent to him is given up before it costs more than the limit, wherever it waits. */
class SlowReaderTest {

    private static final int LIMIT = 100_000;
    private static final List<Frame> KILOBYTES = List.of(Frame.of(new Packet.Text("x".repeat(10_000))));

    private final ManualScheduler time = new ManualScheduler();
    private final Timers timers = time.timers();
    private final List<CloseReason> closed = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final Engine engine =
            new Engine(EngineOptions.builder().maxBufferedBytes(LIMIT).build(), timers, Runnable::run, session -> {
                sessions.add(session);
                return new Listener();
            });

    private Session session() {
        return sessions.getLast();
    }

    /** How much it held at most, until it was closed. */
    private long flood() {
        long most = 0;
        for (int i = 0; i < 100 && closed.isEmpty(); i++) {
            session().send(KILOBYTES);
            most = Math.max(most, session().buffered());
        }
        return most;
    }

    @Test
    void what_the_transport_holds_counts_too() {
        var socket = new FakeSocket();
        FakeSocket.open(engine, FakeExchange.request("GET", "EIO=4", "transport=websocket"), socket);
        socket.block();

        for (int i = 0; i < 8; i++) {
            session().send(KILOBYTES); // the first is under way and seven wait
        }
        socket.complete(null); // now seven are under way
        long most = flood();

        assertThat(most).isBetween(LIMIT / 2L, (long) LIMIT);
        assertThat(closed).containsExactly(CloseReason.SLOW_READER);
        socket.complete(new java.io.IOException("closed"));
        assertThat(session().buffered()).isZero();
    }

    @Test
    void a_client_that_never_polls_is_given_up() {
        open();

        long most = flood();

        assertThat(most).isBetween(LIMIT / 2L, (long) LIMIT);
        assertThat(closed).containsExactly(CloseReason.SLOW_READER);
    }

    @Test
    void a_client_that_polls_again_and_again_without_reading_is_given_up() {
        var sid = open();
        long most = 0;

        for (int i = 0; i < 100 && closed.isEmpty(); i++) {
            if (i % 3 == 0) {
                engine.handle(get(sid).unread());
            }
            session().send(KILOBYTES);
            most = Math.max(most, session().buffered());
        }

        assertThat(most).isBetween(LIMIT / 2L, (long) LIMIT);
        // the second GET waits until the first response has left, and the third is one too many
        assertThat(closed).hasSize(1);
    }

    @Test
    void a_poll_that_overtakes_the_end_of_the_response_before_is_served_behind_it() {
        var sid = open();
        var first = get(sid).unread();
        engine.handle(first);
        session().send(KILOBYTES);

        var second = get(sid);
        engine.handle(second);
        session().send(KILOBYTES);

        assertThat(second.isPending()).isTrue();
        first.read();
        assertThat(second.status()).isEqualTo(200);
        assertThat(session().buffered()).isZero();
    }

    @Test
    void a_post_whose_body_never_comes_is_answered_when_its_session_ends() {
        var sid = open();
        var post = FakeExchange.slowPost("EIO=4", "transport=polling", "sid=" + sid);
        engine.handle(post);

        time.advance(Duration.ofSeconds(25 + 20));

        assertThat(closed).containsExactly(CloseReason.PING_TIMEOUT);
        assertThat(post.status()).isEqualTo(400);
        post.arrive(new HttpExchange.Body.Complete("4late")); // is of no more interest
        assertThat(timers.pending()).isZero();
    }

    private String open() {
        engine.handle(FakeExchange.get("EIO=4", "transport=polling"));
        return session().id();
    }

    private static FakeExchange get(String sid) {
        return FakeExchange.get("EIO=4", "transport=polling", "sid=" + sid);
    }

    private final class Listener implements SessionListener {

        @Override
        public void text(String message) {}

        @Override
        public void binary(ByteBuffer message) {}

        @Override
        public void closed(CloseReason reason) {
            closed.add(reason);
        }
    }
}
