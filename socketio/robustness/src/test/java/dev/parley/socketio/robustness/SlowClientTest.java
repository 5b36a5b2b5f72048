package dev.parley.socketio.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.socketio.Connection;
import dev.parley.socketio.ServerListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members of a busy room stop reading: they are dropped by name, cost no more than the limit, and delay nobody. */
@Tag("server")
@Timeout(120)
class SlowClientTest {

    private static final int LIMIT = 1 << 20;
    private static final int MESSAGE = 64 << 10;
    private static final int READERS = 8;
    /** What two kernels may swallow before anything waits in the server: the largest windows there are, and then some. */
    private static final int SWALLOWED = 16 << 20;

    private final AtomicInteger dropped = new AtomicInteger();
    private final Queue<String> reasons = new ConcurrentLinkedQueue<>();
    private final Target target = new Target(
            engine -> engine.maxBufferedBytes(LIMIT),
            server -> server.listener(new ServerListener() {
                @Override
                public void slowReaderDropped(Connection connection) {
                    dropped.incrementAndGet();
                }
            }));
    private final List<Reader> readers = new ArrayList<>();
    private final List<Wire> wires = new ArrayList<>();

    SlowClientTest() {
        target.server().of("/").onConnect(socket -> {
            socket.join("room");
            socket.onDisconnect(reason -> reasons.add(reason.text()));
        });
        for (int i = 0; i < READERS; i++) {
            readers.add(new Reader(keep(Wire.joined(target.port()).patience(60_000))));
        }
    }

    private Wire keep(Wire wire) {
        wires.add(wire);
        return wire;
    }

    @AfterEach
    void close() {
        wires.forEach(Wire::close);
        target.close();
    }

    @Test
    void one_that_stops_reading_is_dropped_while_the_others_hear_everything() {
        keep(Wire.joined(target.port(), 4096));

        long most = broadcastUntilDropped(1);

        assertThat(reasons).containsExactly("slow reader");
        assertThat(most).isLessThanOrEqualTo(LIMIT + READERS * 2L * MESSAGE);
        await("its connection ends although it does not read the farewell")
                .atMost(Duration.ofSeconds(60)) // the server itself waits 30 s for it
                .untilAsserted(() -> assertThat(target.connections()).isEqualTo(READERS));
    }

    @Test
    void many_that_stop_reading_are_dropped_over_any_transport() {
        for (int i = 0; i < 10; i++) {
            keep(Wire.joined(target.port(), 4096));
            var polls = keep(new Wire(target.port()));
            var sid = polls.handshake();
            polls.post(sid, "40");
            polls.get(sid); // and never again
        }

        long most = broadcastUntilDropped(20);

        assertThat(reasons).hasSize(20).containsOnly("slow reader");
        assertThat(most).isLessThanOrEqualTo(20L * LIMIT + READERS * 2L * MESSAGE);
    }

    /** Each message is sent when all readers have the one before: whoever is delayed by a slow one stops the test. */
    private long broadcastUntilDropped(int slow) {
        var text = "x".repeat(MESSAGE);
        long most = 0;
        int number = 0;
        for (int further = 20; further > 0; number++) {
            assertThat(number).as("messages until the slow were dropped").isLessThan((SWALLOWED + 2 * LIMIT) / MESSAGE);
            target.server().to("room").emit("news", number, text);
            most = Math.max(most, target.server().engine().bufferedBytes());
            int last = number;
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> readers.stream().allMatch(reader -> reader.last() >= last));
            if (dropped.get() == slow && reasons.size() == slow) {
                further--;
            }
        }
        readers.forEach(reader -> assertThat(reader.misordered()).isZero());
        return most;
    }

    /** Reads all the time, and looks at the order. */
    private static final class Reader {

        private final AtomicInteger last = new AtomicInteger(-1);
        private final AtomicInteger misordered = new AtomicInteger();

        Reader(Wire wire) {
            Thread.ofPlatform().daemon().start(() -> {
                for (var frame = wire.next(); !frame.equals("end"); frame = wire.next()) {
                    if (frame.startsWith("42[\"news\",")) {
                        int number = Integer.parseInt(frame.substring(10, frame.indexOf(',', 10)));
                        if (number != last.get() + 1) {
                            misordered.incrementAndGet();
                        }
                        last.set(number);
                    }
                }
            });
        }

        int last() {
            return last.get();
        }

        int misordered() {
            return misordered.get();
        }
    }
}
