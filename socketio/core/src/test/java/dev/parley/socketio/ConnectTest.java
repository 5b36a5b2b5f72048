package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectTest {

    private final Bench bench = new Bench();
    private final List<String> log = new ArrayList<>();

    @Test
    void answers_before_anything_its_listener_emits() {
        bench.server.of("/").onConnect(socket -> socket.emit("hello"));

        var frames = bench.open().say("40").take();

        assertThat(frames.get(0)).matches("40\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}");
        assertThat(frames.get(1)).isEqualTo("42[\"hello\"]");
    }

    @Test
    void asks_its_middlewares_in_order_before_any_listener() {
        bench.server
                .of("/")
                .use(socket -> log.add("first " + socket.connected()))
                .use(socket -> log.add("second"))
                .onConnect(socket -> log.add("listener " + socket.connected()));

        bench.connect();

        assertThat(log).containsExactly("first false", "second", "listener true");
    }

    @Test
    void tells_a_refused_client_why_and_leaves_nothing_of_it() {
        bench.server.of("/").use(socket -> {
            socket.join("room");
            throw new ConnectionRefused("not allowed", Map.of("code", 42));
        });

        var wire = bench.open().say("40");

        assertThat(wire.take()).containsExactly("44{\"message\":\"not allowed\",\"data\":{\"code\":42}}");
        assertThat(wire.socket.closeCode()).isZero();
        assertThat(bench.server.of("/").sockets()).isEmpty();
        assertThat(log).isEmpty();
        assertThat(wire.say("42[\"a\"]").socket.closeCode()).isEqualTo(1008);
    }

    @Test
    void does_not_tell_a_client_what_broke_in_a_middleware() {
        bench.server.of("/").use(socket -> {
            throw new IllegalStateException("secret");
        });

        assertThat(bench.open().say("40").take()).containsExactly("44{\"message\":\"Internal error\"}");
        assertThat(bench.failures).containsExactly("middleware: secret");
    }

    @Test
    void forgets_a_client_that_left_while_a_middleware_ran() {
        var wires = new ArrayList<Bench.Wire>();
        bench.server
                .of("/")
                .use(socket -> {
                    socket.join("room");
                    wires.get(0).vanish();
                })
                .onConnect(socket -> log.add("connected"));
        wires.add(bench.open());
        bench.holdHandlers();
        wires.get(0).say("40");

        bench.releaseHandlers();

        assertThat(log).isEmpty();
        assertThat(bench.server.of("/").sockets()).isEmpty();
        assertThat(bench.server.clientCount()).isZero();
    }

    @Test
    void closes_a_client_that_connects_twice() {
        assertThat(bench.connect().say("40").socket.closeCode()).isEqualTo(1008);
    }

    @Test
    void holds_back_what_others_broadcast_until_its_own_listener_has_spoken() {
        bench.server.of("/").onConnect(socket -> {
            socket.join("room");
            bench.server.to("room").emit("news", 1);
            bench.server.to("room").volatileEmit("typing");
            socket.emit("snapshot");
            bench.server.to("room").emit("news", 2);
        });

        assertThat(bench.open().say("40").take().subList(1, 5))
                .containsExactly("42[\"snapshot\"]", "42[\"news\",1]", "42[\"typing\"]", "42[\"news\",2]");
    }

    @Test
    void drops_a_client_for_which_too_much_is_held_back() {
        bench.server.of("/").onConnect(socket -> {
            socket.join("room");
            for (int i = 0; i < 50; i++) {
                bench.server.to("room").emit("news", "x".repeat(100_000));
            }
        });

        assertThat(bench.open().say("40").socket.closeCode()).isEqualTo(1008);
        assertThat(bench.server.clientCount()).isZero();
    }

    @Test
    void closes_a_connection_that_joins_nothing_in_time() {
        var idle = bench.open();
        var refused = bench.open().say("40/nowhere");
        var busy = bench.connect();

        bench.time.advance(Duration.ofSeconds(45));

        assertThat(idle.socket.closeCode()).isEqualTo(1000);
        assertThat(refused.socket.closeCode()).isEqualTo(1000);
        assertThat(busy.socket.closeCode()).isZero();
    }

    @Test
    void keeps_a_connection_whose_listener_throws() {
        bench.server.of("/").onConnect(socket -> {
            throw new IllegalStateException("oops");
        });

        var wire = bench.open().say("40");

        assertThat(wire.take()).hasSize(1);
        assertThat(bench.failures).containsExactly("connect: oops");
        assertThat(wire.socket.closeCode()).isZero();
    }

    @Test
    void shows_a_listener_the_handshake() {
        bench.server.of("/").onConnect(socket -> {
            var handshake = socket.handshake();
            log.add(handshake.auth() + " " + handshake.address() + " "
                    + handshake.query().get("EIO"));
        });

        bench.open().say("40{\"token\":\"abc\"}");

        assertThat(log).containsExactly("{\"token\":\"abc\"} 127.0.0.1 [4]");
    }
}
