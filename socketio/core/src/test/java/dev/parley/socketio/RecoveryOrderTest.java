package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.adapter.RecoveringAdapter;
import dev.parley.socketio.adapter.Recovery;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RecoveryOrderTest {

    private static final int THREADS = 4;
    private static final int EACH = 500;
    private static final Pattern OFFSET = Pattern.compile(".*\"[0-9a-z]+\\.([0-9a-z]+)\"]");

    @Test
    void a_client_gets_events_in_the_order_of_their_offsets_whoever_emits_them() throws Exception {
        var bench = new Bench(builder -> builder.connectionStateRecovery(Recovery.DEFAULTS)
                .adapter(home -> new RecoveringAdapter(home, Recovery.DEFAULTS)));
        var wire = bench.connect();
        var socket = bench.server.of("/").sockets().iterator().next();
        var start = new CountDownLatch(1);

        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                boolean own = i % 2 == 0;
                threads.execute(() -> {
                    try {
                        start.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    for (int n = 0; n < EACH; n++) {
                        if (own) {
                            socket.emit("a", n);
                        } else {
                            bench.server.emit("a", n);
                        }
                    }
                });
            }
            start.countDown();
        }

        var positions = wire.take().stream()
                .map(OFFSET::matcher)
                .filter(Matcher::matches)
                .map(match -> Long.parseLong(match.group(1), Character.MAX_RADIX))
                .toList();
        assertThat(positions).hasSize(THREADS * EACH).isSorted().doesNotHaveDuplicates();
    }
}
