package dev.parley.socketio;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.FakeExchange;
import dev.parley.engineio.FakeSocket;
import dev.parley.engineio.Frame;
import dev.parley.engineio.WebSocketPort;
import dev.parley.socketio.adapter.Recovery;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What connection state recovery costs a broadcast, and what its lock does to several senders: a program, not a test, whose figures
 * stand in ADR 0008. There is no network; each client takes what it gets at once.
 */
final class RecoveryCost {

    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 1_500_000_000L;

    private record Result(double micros, double perSecond) {}

    private RecoveryCost() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("| clients a room | rooms | senders | CPU off, µs | CPU on, µs | off, 1/s | on, 1/s |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int clients : new int[] {1, 10, 1_000}) {
            for (int senders : new int[] {1, 8}) {
                var off = measure(clients, senders, false);
                var on = measure(clients, senders, true);
                System.out.printf(
                        Locale.ROOT,
                        "| %d | 8 | %d | %.2f | %.2f | %.0f | %.0f |%n",
                        clients,
                        senders,
                        off.micros(),
                        on.micros(),
                        off.perSecond(),
                        on.perSecond());
            }
        }
    }

    /** The median of some rounds after one that does not count: each sender has a room of its own, all in one namespace. */
    private static Result measure(int clients, int senders, boolean recovery) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var timer = Executors.newScheduledThreadPool(1)) {
            var builder = SocketServer.builder(threads, timer).engine(EngineOptions.defaults());
            if (recovery) {
                builder.connectionStateRecovery(Recovery.DEFAULTS);
            }
            var server = builder.build();
            var joined = new CountDownLatch(8 * clients);
            server.of("/").onConnect(socket -> {
                socket.join("room" + socket.handshake().auth().path("room").asInt());
                joined.countDown();
            });
            for (int i = 0; i < 8 * clients; i++) {
                FakeSocket.open(
                                server.engine(),
                                FakeExchange.request("GET", "EIO=4", "transport=websocket"),
                                new Sink())
                        .text("40{\"room\":" + i % 8 + "}");
            }
            joined.await();
            var rounds = new Result[ROUNDS];
            round(server, senders);
            for (int i = 0; i < ROUNDS; i++) {
                rounds[i] = round(server, senders);
            }
            server.close();
            java.util.Arrays.sort(rounds, java.util.Comparator.comparingDouble(Result::micros));
            return rounds[ROUNDS / 2];
        }
    }

    private static Result round(SocketServer server, int senders) throws InterruptedException {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        var sent = new LongAdder();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        var all = new Thread[senders];
        for (int i = 0; i < senders; i++) {
            var room = "room" + i;
            all[i] = Thread.ofPlatform().start(() -> {
                while (System.nanoTime() - start < ROUND_NANOS) {
                    server.to(room).emit("news", "sixty-four bytes or so, which is what most messages of a chat have");
                    sent.increment();
                }
            });
        }
        for (var thread : all) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Result((system.getProcessCpuTime() - cpu) / 1e3 / sent.sum(), sent.sum() / seconds);
    }

    private static final class Sink implements WebSocketPort {

        @Override
        public void send(List<Frame> frames, Consumer<@Nullable Throwable> done) {
            done.accept(null);
        }

        @Override
        public void close(int code, String reason) {}

        @Override
        public void suspendReading() {}

        @Override
        public void resumeReading() {}
    }
}
