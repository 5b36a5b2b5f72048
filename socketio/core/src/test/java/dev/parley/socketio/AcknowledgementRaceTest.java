package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engineio.FakeExchange;
import dev.parley.engineio.FakeSocket;
import dev.parley.engineio.ManualScheduler;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcknowledgementRaceTest {

    @Test
    void a_time_that_has_passed_already_is_noticed() throws Exception {
        var timer = new AtOnce();
        var server = SocketServer.builder(Runnable::run, timer).build();
        var wire = FakeSocket.open(
                server.engine(), FakeExchange.request("GET", "EIO=4", "transport=websocket"), new FakeSocket());
        wire.text("40");
        var socket = server.of("/").sockets().iterator().next();

        var one = socket.emitWithAck(Duration.ZERO, "a").toCompletableFuture();
        var all = server.of("/").all().emitWithAck(Duration.ZERO, "a").toCompletableFuture();

        assertThat(one).isCompletedExceptionally();
        assertThat(all).isCompletedExceptionally();
        server.close();
        timer.shutdownNow();
    }

    @Test
    void a_broadcast_ends_although_no_thread_is_left_to_say_so() {
        var time = new ManualScheduler();
        var saturated = new boolean[1];
        var server = SocketServer.builder(
                        task -> {
                            if (saturated[0]) {
                                throw new RejectedExecutionException("full");
                            }
                            task.run();
                        },
                        time)
                .build(time.timers());
        var wire = FakeSocket.open(
                server.engine(), FakeExchange.request("GET", "EIO=4", "transport=websocket"), new FakeSocket());
        wire.text("40");
        var all = server.of("/").all().emitWithAck(Duration.ofSeconds(1), "a").toCompletableFuture();

        saturated[0] = true;
        time.advance(Duration.ofSeconds(2));
        saturated[0] = false;
        time.advance(Duration.ofSeconds(2));

        assertThat(all).isCompletedExceptionally();
    }

    /** Runs what is due now before it says that it will. */
    private static final class AtOnce extends ScheduledThreadPoolExecutor {

        AtOnce() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            if (delay <= 0) {
                command.run();
            }
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }
    }
}
