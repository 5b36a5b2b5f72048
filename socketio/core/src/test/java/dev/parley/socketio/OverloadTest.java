package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.FakeExchange;
import dev.parley.engineio.FakeSocket;
import dev.parley.engineio.ManualScheduler;
import dev.parley.engineio.WebSocketInbound;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Handlers that block occupy every thread of the executor, and its queue is full. */
class OverloadTest {

    private final ManualScheduler time = new ManualScheduler();
    private final List<String> heard = new ArrayList<>();
    private final Queue<Runnable> blocked = new ArrayDeque<>();
    private int threads = 100;
    private final LiveServer server = SocketServer.builder(
                    task -> {
                        if (threads > 0) {
                            task.run();
                        } else if (blocked.isEmpty()) {
                            blocked.add(task);
                        } else {
                            throw new RejectedExecutionException("full");
                        }
                    },
                    time)
            .engine(EngineOptions.builder()
                    .pingInterval(Duration.ofSeconds(1))
                    .pingTimeout(Duration.ofSeconds(1))
                    .build())
            .build(time.timers());

    OverloadTest() {
        server.of("/").onConnect(socket -> {
            socket.on("a", event -> heard.add("event of " + socket.id()));
            socket.onDisconnect(reason -> heard.add(reason.text()));
        });
    }

    private WebSocketInbound connect(FakeSocket socket) {
        var inbound =
                FakeSocket.open(server.engine(), FakeExchange.request("GET", "EIO=4", "transport=websocket"), socket);
        inbound.text("40");
        socket.take();
        return inbound;
    }

    @Test
    void refuses_by_name_a_client_for_whose_event_no_thread_is_left_and_keeps_the_others() {
        var blocking = new FakeSocket();
        var blocker = connect(blocking);
        var refused = new FakeSocket();
        var late = connect(refused);
        var silent = new FakeSocket();
        var quiet = connect(silent);

        threads = 0;
        blocker.text("42[\"a\"]");
        late.text("42[\"a\"]");
        time.advance(Duration.ofSeconds(1));

        assertThat(refused.closeCode()).isEqualTo(1013);
        assertThat(heard).isEmpty(); // no handler ran on a thread that reads or keeps the time
        assertThat(blocking.take()).containsExactly("2");
        assertThat(silent.take()).containsExactly("2");
        blocker.text("3");
        quiet.text("3");
        time.advance(Duration.ofSeconds(1));
        assertThat(blocking.closeCode()).isZero();
        assertThat(silent.closeCode()).isZero();
    }

    @Test
    void what_was_left_of_a_refused_client_runs_when_there_is_a_thread_again() {
        var blocker = connect(new FakeSocket());
        var late = connect(new FakeSocket());
        threads = 0;
        blocker.text("42[\"a\"]");
        late.text("42[\"a\"]");

        threads = 100;
        time.advance(Duration.ofMillis(100));

        assertThat(heard).hasSize(2).last().isEqualTo("server overloaded");
        assertThat(server.clientCount()).isOne();
    }

    @Test
    void closes_although_the_executor_has_stopped() {
        connect(new FakeSocket());
        threads = 0;
        blocked.add(() -> {});

        server.close();

        assertThat(heard).containsExactly("server shutting down");
        assertThat(server.clientCount()).isZero();
    }
}
