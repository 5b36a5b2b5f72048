package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that is slow to take what is sent to it is asked in time whether it lives, and has the time to say so. */
class PingTest {

    /** More than one write takes. */
    private static final String LONG = "x".repeat(50_000);

    private final TestBench bench = TestBench.hasty();
    private final FakeSocket socket = new FakeSocket();
    private final WebSocketInbound client =
            FakeSocket.open(bench.engine, TestBench.request("GET", "EIO=4&transport=websocket"), socket);

    PingTest() {
        socket.block();
        socket.take();
    }

    private void send(String... messages) {
        for (var message : messages) {
            bench.sessions.getLast().send(List.of(Frame.of(new Packet.Text(message))));
        }
    }

    /** The write under way ends, and another one begins if there is more. */
    private void takeSome() {
        socket.complete(null);
    }

    private void pass(int millis) {
        bench.time.advance(Duration.ofMillis(millis));
    }

    @Test
    void a_ping_waits_for_nothing_but_the_write_under_way() {
        send(LONG, "a", "b");

        pass(300);
        takeSome();

        assertThat(socket.take()).containsExactly("4" + LONG, "2", "4a", "4b");
    }

    @Test
    void a_ping_never_goes_ahead_of_the_handshake() {
        var buffer = new WriteBuffer();
        buffer.add(Frame.of(new Packet.Open("{}")));

        buffer.addFirst(Frame.of(new Packet.Ping("")));
        buffer.add(Frame.of(new Packet.Text("a")));

        var taken = new ArrayList<Frame>();
        buffer.drainTo(taken, 1_000);
        buffer.add(Frame.of(new Packet.Text("b")));
        buffer.addFirst(Frame.of(new Packet.Ping("")));
        assertThat(taken).extracting(Frame::toString).containsExactly("0{}", "2", "4a");
        assertThat(buffer.bytes())
                .isEqualTo(buffer.takeAll().stream().mapToLong(Frame::size).sum());
    }

    @Test
    void one_write_takes_so_much_and_the_order_stays() {
        send("a", LONG, "b", LONG, "c");

        takeSome();
        var second = socket.take();
        takeSome();
        var third = socket.take();
        takeSome();

        assertThat(second).containsExactly("4a", "4" + LONG, "4b");
        assertThat(third).containsExactly("4" + LONG, "4c");
        assertThat(bench.sessions.getLast().buffered()).isZero();
    }

    @Test
    void a_message_that_is_longer_than_a_write_leaves_all_the_same() {
        send("a", LONG + LONG, "b");

        takeSome();
        takeSome();

        assertThat(socket.take()).containsExactly("4a", "4" + LONG + LONG, "4b");
    }

    @Test
    void who_takes_a_little_now_and_then_is_not_cut_off_while_it_is_behind() {
        send(LONG, LONG, LONG, LONG, LONG, LONG, LONG);

        for (int i = 0; i < 6; i++) {
            pass(190);
            takeSome(); // the ping is among the second lot, but the client comes to read it when it has read the first
        }
        assertThat(bench.heard).isEmpty();
        client.text("3");
        pass(300);

        assertThat(socket.sent()).containsOnlyOnce("2");
        assertThat(bench.heard).isEmpty();
    }

    @Test
    void who_takes_nothing_is_cut_off_at_the_deadline_however_much_waits() {
        send(LONG, LONG, LONG);

        pass(499);
        assertThat(bench.heard).isEmpty();
        pass(1);

        assertThat(bench.heard).containsExactly("closed PING_TIMEOUT");
        assertThat(bench.timers.pending()).isZero();
    }

    @Test
    void who_has_stopped_taking_is_cut_off_one_timeout_later() {
        send(LONG, LONG, LONG, LONG);

        pass(400);
        takeSome();
        pass(100);
        assertThat(bench.heard).isEmpty();
        pass(199);
        assertThat(bench.heard).isEmpty();
        pass(1);

        assertThat(bench.heard).containsExactly("closed PING_TIMEOUT");
    }

    @Test
    void who_has_caught_up_and_does_not_answer_is_cut_off() {
        send(LONG, "a");

        pass(400);
        takeSome();
        takeSome();
        pass(100 + 200);

        assertThat(bench.heard).containsExactly("closed PING_TIMEOUT");
    }

    @Test
    void who_was_not_behind_gets_no_more_time_because_of_what_is_sent_meanwhile() {
        socket.unblock();
        socket.take();

        pass(300);
        send("a");
        pass(200);

        assertThat(bench.heard).containsExactly("closed PING_TIMEOUT");
    }

    @Test
    void who_is_long_to_fetch_a_polling_response_is_not_cut_off() {
        bench.get("");
        var sid = bench.sessions.getLast().id();
        var slow = FakeExchange.get("EIO=4", "transport=polling", "sid=" + sid).unread();
        bench.engine.handle(slow);
        send(LONG);
        client.closed(); // the other one is of no interest here
        bench.heard.clear();

        pass(450);
        slow.read();
        pass(100);
        var next = bench.get("&sid=" + sid);
        bench.post("&sid=" + sid, "3");

        assertThat(next.body()).isEqualTo("2");
        assertThat(bench.heard).isEmpty();
    }
}
