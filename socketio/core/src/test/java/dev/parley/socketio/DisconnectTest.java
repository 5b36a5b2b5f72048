package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engineio.EngineOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisconnectTest {

    private final List<String> log = new ArrayList<>();

    private Bench bench(EngineOptions.Builder options) {
        var bench = new Bench(options);
        bench.server.of("/").onConnect(socket -> {
            socket.join("room");
            socket.on("say", event -> log.add("say " + event.argument(0)));
            socket.on("leave", event -> socket.disconnect(false));
            socket.onDisconnect(reason -> log.add(reason.text() + " " + socket.rooms() + " " + socket.connected()));
        });
        return bench;
    }

    private final Bench bench = bench(EngineOptions.builder());

    @Test
    void tells_why_after_the_rooms_are_left() {
        bench.connect().vanish();
        bench.connect().say("41");
        bench.connect().say("42[\"leave\"]");
        bench.connect().say("nonsense");
        bench.connect().say("1");

        assertThat(log)
                .containsExactly(
                        "transport close [] false",
                        "client namespace disconnect [] false",
                        "server namespace disconnect [] false",
                        "parse error [] false",
                        "transport close [] false");
    }

    @Test
    void handles_what_had_arrived_before_the_connection_was_lost() {
        var wire = bench.connect();
        bench.holdHandlers();
        wire.say("42[\"say\",1]", "42[\"say\",2]");
        wire.vanish();
        assertThat(bench.server.of("/").sockets()).isEmpty();

        bench.releaseHandlers();

        assertThat(log).containsExactly("say 1", "say 2", "transport close [] false");
    }

    @Test
    void tells_that_a_client_left_by_itself_although_its_connection_closes_right_behind() {
        var wire = bench.connect();
        bench.holdHandlers();
        wire.say("42[\"say\",1]", "41");
        wire.vanish();

        bench.releaseHandlers();

        assertThat(log).containsExactly("say 1", "client namespace disconnect [] false");
    }

    @Test
    void tells_that_the_connection_was_lost_to_a_client_that_left_and_came_back_before() {
        bench.connect().say("41", "40").vanish();

        assertThat(log).containsExactly("client namespace disconnect [] false", "transport close [] false");
    }

    @Test
    void does_not_punish_a_client_that_does_not_know_yet_that_it_was_disconnected() {
        var wire = bench.connect().say("42[\"leave\"]", "42[\"say\",1]");

        assertThat(wire.take()).containsExactly("41");
        assertThat(wire.socket.closeCode()).isZero();
        assertThat(log).containsExactly("server namespace disconnect [] false");
        assertThat(wire.say("40").take()).hasSize(1);
    }

    @Test
    void punishes_a_client_that_left_and_still_speaks() {
        assertThat(bench.connect().say("41", "42[\"say\",1]").socket.closeCode())
                .isEqualTo(1008);
    }

    @Test
    void neither_joins_nor_receives_afterwards() {
        var wire = bench.connect();
        var socket = bench.server.of("/").socket(wire.id()).orElseThrow();

        socket.disconnect(false);
        socket.disconnect(true);
        socket.join("room");
        socket.emit("x");
        bench.server.to("room").emit("y");

        assertThat(wire.take()).startsWith("41").doesNotContain("42[\"x\"]", "42[\"y\"]");
        assertThat(socket.rooms()).isEmpty();
        assertThat(log).hasSize(1);
    }

    @Test
    void leaves_all_namespaces_when_the_connection_is_to_close() {
        bench.server.of("/other").onConnect(socket -> socket.onDisconnect(reason -> log.add("other " + reason.text())));
        var wire = bench.connect().say("40/other,");
        wire.take();

        bench.server.of("/").socket(wire.id()).orElseThrow().disconnect(true);

        assertThat(wire.take()).containsExactlyInAnyOrder("41", "41/other,");
        assertThat(wire.socket.closeCode()).isEqualTo(1000);
        assertThat(log).contains("other server namespace disconnect");
    }

    @Test
    void says_server_shutting_down_and_ends_all_timers() {
        bench.connect();
        bench.open();

        bench.server.close();
        bench.server.close();

        assertThat(log).containsExactly("server shutting down [] false");
        assertThat(bench.timers.pending()).isZero();
        assertThat(bench.server.clientCount()).isZero();
    }

    @Test
    void drops_a_client_that_floods_and_pauses_it_before() {
        var small = bench(EngineOptions.builder().maxInboundBytes(10_000));
        var wire = small.connect();
        small.holdHandlers();
        var event = "42[\"say\",\"" + "x".repeat(1000) + "\"]";

        wire.say(event, event, event);
        assertThat(wire.socket.isSuspended()).isTrue();
        small.releaseHandlers();
        assertThat(wire.socket.isSuspended()).isFalse();
        small.holdHandlers();
        for (int i = 0; i < 10; i++) {
            wire.say(event);
        }
        small.releaseHandlers();

        assertThat(wire.socket.closeCode()).isEqualTo(1008);
        assertThat(log).last().isEqualTo("flood [] false");
        assertThat(small.server.clientCount()).isZero();
    }

    @Test
    void a_blocked_handler_stalls_neither_others_nor_heartbeats() {
        var stuck = bench.connect();
        bench.holdHandlers();
        stuck.say("42[\"say\",1]");

        bench.server.to("room").emit("x");
        bench.time.advance(Duration.ofMinutes(10));

        assertThat(stuck.take()).containsExactly("42[\"x\"]", "2");
        stuck.say("3");
        bench.time.advance(Duration.ofMinutes(9));
        assertThat(stuck.socket.closeCode()).isZero();
        bench.releaseHandlers();
    }

    @Test
    void leaves_no_session_room_or_timer_behind() {
        for (int i = 0; i < 2000; i++) {
            var wire = bench.connect();
            var socket = bench.server.of("/").socket(wire.id()).orElseThrow();
            socket.join("room-" + i, "shared");
            var unused = socket.emitWithAck(Duration.ofMinutes(1), "question");
            switch (i % 3) {
                case 0 -> wire.vanish();
                case 1 -> wire.say("abort");
                default -> socket.disconnect(true);
            }
        }

        assertThat(bench.server.clientCount()).isZero();
        assertThat(bench.engine().sessionCount()).isZero();
        assertThat(bench.server.of("/").sockets()).isEmpty();
        assertThat(bench.adapters)
                .singleElement()
                .satisfies(adapter -> assertThat(adapter.size()).isZero());
        assertThat(bench.timers.pending()).isZero();
    }
}
