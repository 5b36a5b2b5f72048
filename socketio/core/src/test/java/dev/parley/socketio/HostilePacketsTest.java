package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engineio.EngineOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client may send is bounded, and what is wrong with it ends its own connection only. */
class HostilePacketsTest {

    private static final int LIMIT = 100_000;

    private final List<String> heard = new ArrayList<>();
    private final Bench bench = new Bench(EngineOptions.builder().maxInboundBytes(LIMIT));

    HostilePacketsTest() {
        bench.server
                .of("/")
                .onConnect(socket -> socket.onAny(
                        event -> heard.add(socket.id() + " " + event.arguments().size())));
    }

    @Test
    void attachments_count_before_the_last_has_come() {
        var wire = bench.connect();

        wire.say("4510-[\"a\",{\"_placeholder\":true,\"num\":0}]");
        for (int i = 0; i < 9 && wire.socket.closeCode() == 0; i++) {
            wire.say(new byte[LIMIT / 4]);
        }

        assertThat(wire.socket.closeCode()).isEqualTo(1008);
        assertThat(heard).isEmpty();
    }

    @Test
    void deep_nesting_ends_the_connection_it_came_over() {
        var other = bench.connect();
        var wire = bench.connect();

        wire.say("42[\"a\"," + "[".repeat(40_000) + "]".repeat(40_000) + "]");
        other.say("42[\"a\"]");

        assertThat(wire.socket.closeCode()).isEqualTo(1008);
        assertThat(heard).containsExactly(other.id() + " 0");
        assertThat(bench.engine().sessionCount()).isOne();
    }

    @Test
    void keys_made_to_collide_are_read_or_refused_but_never_left_open() {
        var wire = bench.connect();

        wire.say("42[\"a\",{" + colliding(13).map(key -> "\"" + key + "\":1").collect(Collectors.joining(",")) + "}]");
        wire.say("42[\"b\"]");

        assertThat(wire.socket.closeCode() == 1008 || heard.size() == 2).isTrue();
    }

    /** 2^bits strings of the same hash code. */
    private static java.util.stream.Stream<String> colliding(int bits) {
        return IntStream.range(0, 1 << bits)
                .mapToObj(number -> IntStream.range(0, bits)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()));
    }

    @Test
    void a_failure_listener_that_fails_itself_costs_neither_the_other_listeners_nor_the_account() {
        failingFailureListener();
        bench.server.of("/").onConnect(socket -> {
            socket.on("a", event -> {
                throw new StackOverflowError();
            });
            socket.on("a", event -> heard.add("second"));
        });
        var wire = bench.connect();

        for (int i = 0; i < 30; i++) {
            wire.say("42[\"a\",\"" + "x".repeat(LIMIT / 20) + "\"]");
        }

        assertThat(wire.socket.closeCode()).isZero();
        assertThat(wire.socket.isSuspended()).isFalse();
        assertThat(heard).hasSize(60);
    }

    @Test
    void answers_a_connect_whose_middleware_failed_although_the_failure_listener_did_too() {
        failingFailureListener();
        bench.server.of("/").use(socket -> {
            throw new IllegalStateException("oops");
        });

        var wire = bench.open().say("40");

        assertThat(wire.take()).containsExactly("44{\"message\":\"Internal error\"}");
    }

    private void failingFailureListener() {
        bench.failureListener = (socket, place, failure) -> {
            throw new IllegalStateException("the listener of failures failed");
        };
    }
}
