package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagingTest {

    private final Bench bench = new Bench();
    private final Namespace root = bench.server.of("/");
    private final List<String> log = new ArrayList<>();

    private Socket socket(Bench.Wire wire) {
        return root.socket(wire.id()).orElseThrow();
    }

    @Test
    void writes_arguments_of_any_kind() {
        var wire = bench.connect();

        socket(wire).emit("e", 1, "2", true, null, 1.5, 2.0, Map.of("b", new byte[] {1}), ByteBuffer.wrap(new byte[2]));

        assertThat(wire.take())
                .containsExactly(
                        "452-[\"e\",1,\"2\",true,null,1.5,2,{\"b\":{\"_placeholder\":true,\"num\":0}},"
                                + "{\"_placeholder\":true,\"num\":1}]",
                        "binary of 1 bytes",
                        "binary of 2 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void emits_no_reserved_names(String name) {
        var wire = bench.connect();

        assertThatThrownBy(() -> socket(wire).emit(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> root.all().emit(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void calls_listeners_in_order_and_survives_those_that_throw() {
        root.onConnect(socket -> {
            socket.onAny(event -> log.add("any " + event.name()));
            socket.on("a", event -> {
                throw new IllegalStateException("oops");
            });
            socket.on(
                    "a",
                    event ->
                            log.add("a " + event.argument(0) + event.argument(7).isMissingNode()));
        });

        var wire = bench.connect().say("42[\"a\",1]", "42[\"b\"]");

        assertThat(log).containsExactly("any a", "a 1true", "any b");
        assertThat(bench.failures).containsExactly("a: oops");
        assertThat(wire.socket.closeCode()).isZero();
    }

    @Test
    void acknowledges_once_and_only_who_asked() {
        root.onConnect(socket -> socket.on("a", event -> {
            log.add("requested " + event.acknowledgement().requested());
            event.acknowledgement().send("x", new byte[] {1});
            event.acknowledgement().send("y");
        }));

        var wire = bench.connect().say("427[\"a\"]", "42[\"a\"]");

        assertThat(wire.take()).containsExactly("461-7[\"x\",{\"_placeholder\":true,\"num\":0}]", "binary of 1 bytes");
        assertThat(log).containsExactly("requested true", "requested false");
    }

    @Test
    void asks_for_acknowledgements_and_ignores_unknown_ones() {
        var wire = bench.connect();

        var answer = socket(wire).emitWithAck(Duration.ofSeconds(1), "a", 1).toCompletableFuture();
        assertThat(wire.take()).containsExactly("420[\"a\",1]");
        wire.say("4399[1]", "430[\"ok\"]", "430[\"again\"]");

        assertThat(answer).isCompletedWithValueMatching(list -> list.toString().equals("[\"ok\"]"));
        assertThat(wire.socket.closeCode()).isZero();
    }

    @Test
    void gives_up_an_acknowledgement_that_is_late_or_whose_client_left() {
        var late = bench.connect();
        var left = bench.connect();

        var first = socket(late).emitWithAck(Duration.ofSeconds(1), "a").toCompletableFuture();
        var second = socket(left).emitWithAck(Duration.ofSeconds(1), "a").toCompletableFuture();
        left.vanish();
        assertThat(second).isCompletedExceptionally();
        bench.time.advance(Duration.ofSeconds(1));
        late.say("430[1]");

        assertThatThrownBy(first::join).hasCauseInstanceOf(Unanswered.class);
        assertThat(late.socket.closeCode()).isZero();
    }

    @Test
    void broadcasts_to_rooms_once_each_and_not_to_whom_is_excepted() {
        var a = bench.connect();
        var b = bench.connect();
        var c = bench.connect();
        socket(a).join("red", "blue");
        socket(b).join("blue");
        socket(c).join("red", "quiet");

        root.to("red", "blue").except("quiet").emit("x");
        socket(a).to("red", "blue").emit("y");
        socket(b).broadcast().emit("z");
        root.to(c.id()).emit("own");
        assertThatThrownBy(() -> root.to()).hasMessageContaining("without a room");
        root.all().emit("all");

        assertThat(a.take()).containsExactly("42[\"x\"]", "42[\"z\"]", "42[\"all\"]");
        assertThat(b.take()).containsExactly("42[\"x\"]", "42[\"y\"]", "42[\"all\"]");
        assertThat(c.take()).containsExactly("42[\"y\"]", "42[\"z\"]", "42[\"own\"]", "42[\"all\"]");
    }

    @Test
    void narrows_a_broadcast_without_changing_it() {
        var a = bench.connect();
        socket(a).join("red");
        var red = root.to("red");

        red.except("red").emit("not");
        red.emit("yes");

        assertThat(a.take()).containsExactly("42[\"yes\"]");
    }

    @Test
    void refuses_to_speak_within_a_room_that_was_not_joined() {
        var a = bench.connect();
        var b = bench.connect();
        socket(b).join("room");

        assertThatThrownBy(() -> socket(a).within("room").emit("x")).isInstanceOf(IllegalStateException.class);
        socket(a).join("room");
        socket(a).within("room").emit("y");

        assertThat(a.take()).isEmpty();
        assertThat(b.take()).containsExactly("42[\"y\"]");
    }

    @Test
    void gathers_the_answers_to_a_broadcast() {
        var a = bench.connect();
        var b = bench.connect();

        var answers = root.all().emitWithAck(Duration.ofSeconds(1), "q").toCompletableFuture();
        a.say("430[\"a\"]");
        assertThat(answers).isNotDone();
        b.say("430[\"b\"]");

        assertThat(answers.join().toString()).isEqualTo("[[\"a\"], [\"b\"]]");
        assertThat(root.to("empty").emitWithAck(Duration.ofSeconds(1), "q").toCompletableFuture())
                .isCompletedWithValue(List.of());
    }

    @Test
    void says_who_answered_when_a_broadcast_times_out_and_forgets_the_rest() {
        var a = bench.connect();
        var b = bench.connect();
        CompletionStage<List<List<JsonNode>>> answers = root.all().emitWithAck(Duration.ofSeconds(1), "q");
        a.say("430[1]");

        bench.time.advance(Duration.ofSeconds(1));
        b.say("430[2]");

        assertThatThrownBy(() -> answers.toCompletableFuture().join())
                .cause()
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        failure -> assertThat(failure.answers()).hasSize(1));
    }

    @Test
    void moves_and_disconnects_sockets_by_room() {
        var a = bench.connect();
        var b = bench.connect();
        socket(a).join("red");

        root.to("red").socketsJoin("blue");
        root.to("blue").emit("x");
        root.to("blue").socketsLeave("blue");
        root.to("blue").emit("y");
        root.to("red").disconnectSockets(true);

        assertThat(a.take()).containsExactly("42[\"x\"]", "41");
        assertThat(a.socket.closeCode()).isEqualTo(1000);
        assertThat(b.socket.closeCode()).isZero();
    }

    @Test
    void keeps_attributes_by_type() {
        var a = bench.connect();

        socket(a).attribute(String.class, "one");
        socket(a).attribute(String.class, "two");

        assertThat(socket(a).attribute(String.class)).hasValue("two");
        assertThat(socket(a).attribute(Integer.class)).isEmpty();
    }
}
