package dev.parley.socketio.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.socketio.ConnectionRefused;
import dev.parley.socketio.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands come, join, and go in every way and at every moment; nothing of them stays. What stays is counted in the server's own
 * books, and by weak references, not by the size of the heap.
 */
@Tag("server")
@Timeout(180)
class LeakTest {

    private static final int CYCLES = Integer.getInteger("robustness.cycles", 10_000);
    private static final int CLIENTS = 16;

    private final Target target = new Target(
            engine -> engine.pingInterval(Duration.ofSeconds(2)).pingTimeout(Duration.ofSeconds(2)),
            server -> server.connectTimeout(Duration.ofSeconds(3)));
    private final AtomicInteger answered = new AtomicInteger();

    LeakTest() {
        target.server().of("/").use(this::admit).onConnect(this::welcome);
        target.server().of("/second").onConnect(target.traces()::follow);
    }

    private void admit(Socket socket) {
        target.traces().follow(socket);
        switch (socket.handshake().auth().path("as").asText()) {
            case "slow" -> LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            case "refused" -> throw new ConnectionRefused("no", "data");
            default -> {}
        }
    }

    private void welcome(Socket socket) {
        socket.join("all", "number " + socket.id());
        socket.on("join", event -> {
            socket.join("later", "own " + socket.id());
            event.acknowledgement().send();
        });
        socket.on("leave", event -> socket.leave("later"));
        if (socket.handshake().auth().path("as").asText().equals("asked")) {
            for (int i = 0; i < 3; i++) {
                socket.emitWithAck(Duration.ofSeconds(60), "question", i)
                        .whenComplete((answer, failure) -> answered.incrementAndGet());
            }
        }
    }

    @AfterEach
    void close() {
        target.close();
    }

    @Test
    void nothing_stays_of_thousands_of_clients() throws Exception {
        var news = new AtomicInteger();
        var stop = new java.util.concurrent.atomic.AtomicBoolean();
        var broadcaster = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                target.server().to("all", "later").emit("news", news.incrementAndGet(), "x".repeat(2000));
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        });
        var left = new AtomicInteger(CYCLES);
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        var clients = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().start(() -> {
                for (int cycle = left.getAndDecrement(); cycle > 0; cycle = left.getAndDecrement()) {
                    try {
                        cycle(cycle);
                    } catch (RuntimeException e) {
                        failures.add(new IllegalStateException("cycle " + cycle, e));
                    }
                }
            }));
        }
        for (var client : clients) {
            client.join();
        }
        stop.set(true);
        broadcaster.join();

        assertThat(failures).isEmpty();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(target.traces().left()).isEmpty());
        assertThat(target.traces().followed()).isGreaterThan(CYCLES / 2);
        await().atMost(Duration.ofSeconds(45))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    System.gc();
                    // An idle thread of the container remembers its last request: a connection and its two sockets at
                    // most.
                    assertThat(target.traces().held())
                            .as("sockets and connections in memory")
                            .isLessThanOrEqualTo(3 * Target.THREADS);
                    assertThat(target.buffers().out())
                            .as("buffers of the container")
                            .isZero();
                });
        assertThat(answered.get())
                .as("questions that ended, with or without an answer")
                .isPositive()
                .isEqualTo(answered.get() / 3 * 3);
    }

    private void cycle(int number) {
        int port = target.port();
        switch (number % 14) {
            case 0 -> Wire.webSocket(port, "").abort(); // before CONNECT
            case 1 -> say(Wire.webSocket(port, ""), "40{\"as\":\"slow\"}").abort(); // while the middleware runs
            case 2 -> say(Wire.webSocket(port, ""), "40").abort(); // while CONNECT is answered
            case 3 -> Wire.joined(port).abort(); // in the middle of broadcasts
            case 4 -> asked(port).abort(); // owing acknowledgements
            case 5 -> say(Wire.joined(port), "42[\"join\"]", "42[\"leave\"]").abort();
            case 6 -> probing(port, "2probe").abort(); // while it upgrades
            case 7 -> polling(port, false);
            case 8 -> polling(port, true);
            case 9 -> say(Wire.joined(port), "420[\"join\"]", "41").closeBehind("430"); // leaves as one should
            case 10 ->
                say(Wire.joined(port), "40/second,", "41/second,", "40/second,").closeBehind("40/second");
            case 11 -> say(Wire.webSocket(port, ""), "40{\"as\":\"refused\"}").closeBehind("44");
            case 12 -> upgraded(port).abort();
            default -> say(Wire.joined(port), "nonsense").closeBehind("close");
        }
    }

    private static Wire say(Wire wire, String... frames) {
        for (var frame : frames) {
            wire.say(frame);
        }
        return wire;
    }

    private static Wire asked(int port) {
        var wire = say(Wire.webSocket(port, ""), "40{\"as\":\"asked\"}");
        wire.until("42");
        return wire;
    }

    /** A polling session that is on its way to a WebSocket; the polling side is given up without a word. */
    private static Wire probing(int port, String... frames) {
        try (var polls = new Wire(port)) {
            var sid = polls.handshake();
            polls.post(sid, "40");
            var wire = say(Wire.webSocket(port, sid), frames);
            wire.until("3probe");
            return wire;
        }
    }

    private static Wire upgraded(int port) {
        var wire = say(probing(port, "2probe"), "5", "420[\"join\"]");
        wire.until("430");
        return wire;
    }

    private static void polling(int port, boolean politely) {
        try (var polls = new Wire(port)) {
            var sid = polls.handshake();
            polls.post(sid, "40\u001e420[\"join\"]");
            polls.get(sid);
            if (politely) {
                polls.post(sid, "41\u001e1");
            } else {
                polls.sendGet(sid).abort();
            }
        }
    }
}
