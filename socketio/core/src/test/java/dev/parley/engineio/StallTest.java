package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A machine that is too busy: pings of 300 ms, pongs within 200 ms, as protocol suites have them. */
class StallTest {

    private final ManualScheduler time = new ManualScheduler();
    private final Timers timers = time.timers();
    private final List<CloseReason> closed = new ArrayList<>();
    private final List<Runnable> starving = new ArrayList<>();
    private final FakeSocket socket = new FakeSocket();
    private int repeat;

    private WebSocketInbound open(Executor executor) {
        var options = EngineOptions.builder()
                .pingInterval(Duration.ofMillis(300))
                .pingTimeout(Duration.ofMillis(200))
                .maxBufferedPackets(1_000_000)
                .build();
        var engine = new Engine(options, timers, executor, Repeating::new);
        var inbound = FakeSocket.open(engine, FakeExchange.request("GET", "EIO=4", "transport=websocket"), socket);
        socket.take();
        return inbound;
    }

    @Test
    void a_ping_that_leaves_late_leaves_the_client_its_time_to_answer() {
        var client = open(Runnable::run);

        time.stall(Duration.ofSeconds(3));
        time.advance(Duration.ofMillis(199));
        client.text("3");

        assertThat(socket.take()).containsExactly("2");
        assertThat(closed).isEmpty();
    }

    @Test
    void a_pong_that_waited_while_the_machine_did_is_still_read() {
        var client = open(Runnable::run);
        time.advance(Duration.ofMillis(300));

        time.stall(Duration.ofSeconds(3));
        time.advance(Duration.ZERO);
        client.text("3");
        time.advance(Duration.ofMillis(299));

        assertThat(closed).isEmpty();
    }

    @Test
    void a_machine_that_stalls_again_and_again_still_gives_up_a_silent_client() {
        open(Runnable::run);

        for (int i = 0; i < 4; i++) {
            time.stall(Duration.ofSeconds(3));
            time.advance(Duration.ZERO);
        }

        assertThat(closed).containsExactly(CloseReason.PING_TIMEOUT);
    }

    @Test
    void heartbeats_do_not_wait_for_an_executor_whose_threads_are_all_busy() {
        var client = open(starving::add);
        repeat = 1000; // more than one thread may do at a stretch: the rest is handed over
        client.text("4x");
        assertThat(starving).hasSize(1);

        time.advance(Duration.ofMillis(300));
        client.text("3");
        time.advance(Duration.ofMillis(300));

        assertThat(closed).isEmpty();
        assertThat(socket.sent()).contains("2").filteredOn("4x"::equals).hasSize(1000);
        assertThat(starving).hasSize(1); // nobody asks again while the executor has not answered
    }

    @Test
    void goes_on_by_itself_when_the_executor_refuses() {
        var client = open(task -> {
            throw new RejectedExecutionException("full");
        });
        repeat = 500_000; // each turn on top of the one before would overflow the stack

        client.text("4x");

        assertThat(socket.sent()).hasSize(500_000);
        assertThat(closed).isEmpty();
    }

    /** Says each text again, many times. */
    private final class Repeating implements SessionListener {

        private final Session session;

        Repeating(Session session) {
            this.session = session;
        }

        @Override
        public void text(String message) {
            var frames = List.of(Frame.of(new Packet.Text(message)));
            for (int i = 0; i < repeat; i++) {
                session.send(frames);
            }
        }

        @Override
        public void binary(ByteBuffer message) {}

        @Override
        public void closed(CloseReason reason) {
            closed.add(reason);
        }
    }
}
