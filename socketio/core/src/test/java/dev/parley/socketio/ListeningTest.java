package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engineio.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningTest {

    private final Bench bench = new Bench();
    private final Namespace root = bench.server.of("/");
    private final List<String> log = new ArrayList<>();

    private Socket socket(Bench.Wire wire) {
        return root.socket(wire.id()).orElseThrow();
    }

    @Test
    void asks_the_middlewares_of_events_between_catch_all_and_named_listeners() {
        var wire = bench.connect();
        socket(wire).use(event -> log.add("first " + event.argument(0)));
        socket(wire).use(event -> log.add("second"));
        socket(wire).on("a", event -> log.add("a"));
        socket(wire).onAny(event -> log.add("any"));

        wire.say("42[\"a\",1]");

        assertThat(log).containsExactly("any", "first 1", "second", "a");
    }

    @Test
    void tells_error_listeners_what_a_middleware_refused() {
        var wire = bench.connect();
        socket(wire).use(event -> {
            throw new IllegalStateException("not you");
        });
        socket(wire).use(event -> log.add("never"));
        socket(wire).on("a", event -> log.add("never"));
        socket(wire).onError(failure -> log.add(failure.getMessage()));

        wire.say("42[\"a\"]");

        assertThat(log).containsExactly("not you");
        assertThat(bench.failures).isEmpty();
        assertThat(wire.socket.closeCode()).isZero();
    }

    @Test
    void an_error_without_a_listener_is_harmless() {
        var wire = bench.connect();
        socket(wire).use(event -> {
            throw new IllegalStateException("not you");
        });

        wire.say("42[\"a\"]");

        assertThat(bench.failures).containsExactly("a: not you");
        assertThat(wire.socket.closeCode()).isZero();
    }

    @Test
    void a_client_may_emit_an_event_that_is_called_error() {
        var wire = bench.connect();
        socket(wire).on("error", event -> log.add("event"));
        socket(wire).onError(failure -> log.add("failure"));

        wire.say("42[\"error\"]");

        assertThat(log).containsExactly("event");
    }

    @Test
    void tells_error_listeners_of_what_is_no_packet() {
        var wire = bench.connect();
        socket(wire).onError(failure -> log.add(failure.getClass().getSimpleName()));

        wire.say("4nonsense");

        assertThat(log).containsExactly(ProtocolException.class.getSimpleName());
        assertThat(wire.socket.closeCode()).isEqualTo(1008);
    }

    @Test
    void calls_a_listener_once_or_until_it_is_taken_off() {
        var wire = bench.connect();
        EventListener one = event -> log.add("one");
        EventListener other = event -> log.add("other");
        socket(wire).once("a", one);
        socket(wire).on("a", other);
        socket(wire).once("b", one);

        socket(wire).off("b", one);
        wire.say("42[\"a\"]", "42[\"a\"]", "42[\"b\"]");
        socket(wire).off("a", other);
        wire.say("42[\"a\"]");
        socket(wire).on("a", one);
        socket(wire).on("a", one);
        socket(wire).off("a");
        wire.say("42[\"a\"]");

        assertThat(log).containsExactly("one", "other", "other");
    }

    @Test
    void keeps_catch_all_listeners_in_order_and_lets_them_go() {
        var wire = bench.connect();
        EventListener second = event -> log.add("second " + event.name());
        socket(wire).onAny(second);
        socket(wire).prependAny(event -> log.add("first"));

        wire.say("42[\"a\"]");
        socket(wire).offAny(second);
        wire.say("42[\"a\"]");
        socket(wire).offAny();
        wire.say("42[\"a\"]");

        assertThat(log).containsExactly("first", "second a", "first");
    }

    @Test
    void shows_what_goes_out_whoever_emits_it() {
        var wire = bench.connect();
        var other = bench.connect();
        OutgoingListener second = (event, arguments) -> log.add("second " + event + arguments);
        socket(wire).onAnyOutgoing(second);
        socket(wire).prependAnyOutgoing((event, arguments) -> log.add("first"));

        socket(wire).emit("a", 1, new byte[] {1});
        root.emit("b");
        var unused = socket(wire).emitWithAck("c");
        socket(other).emit("d");
        socket(wire).offAnyOutgoing(second);
        socket(wire).emit("e");
        socket(wire).offAnyOutgoing();
        socket(wire).emit("f");

        assertThat(log)
                .containsExactly(
                        "first", "second a[1, \"AQ==\"]", "first", "second b[]", "first", "second c[]", "first");
        assertThat(wire.take()).hasSize(6);
    }

    @Test
    void shows_the_rooms_once_more_before_they_are_left() {
        var wire = bench.connect();
        var witness = bench.connect();
        socket(witness).join("room");
        socket(wire).join("room");
        socket(wire).onDisconnecting(reason -> {
            log.add(reason.text() + " " + root.socket(wire.id()).isPresent());
            root.to("room").emit("leaving");
        });
        var gone = socket(wire);
        gone.onDisconnecting(reason -> log.add("rooms " + gone.rooms().size()));
        gone.onDisconnect(reason -> log.add("rooms " + gone.rooms().size()));

        wire.vanish();

        assertThat(log).containsExactly("transport close false", "rooms 2", "rooms 0");
        assertThat(witness.take()).containsExactly("42[\"leaving\"]");
    }

    @Test
    void forgets_the_listeners_of_a_socket_that_is_gone() {
        var wire = bench.connect();
        var socket = socket(wire);
        socket.onDisconnect(reason -> log.add("gone"));
        socket.onAnyOutgoing((event, arguments) -> log.add("sent"));
        wire.vanish();

        socket.emit("a");
        root.to(socket.id()).emit("a");

        assertThat(log).containsExactly("gone");
    }

    @Test
    void ignores_events_of_a_socket_that_the_server_has_disconnected() {
        var wire = bench.connect();
        socket(wire).on("a", event -> log.add("a"));
        socket(wire).on("leave", event -> bench.server.of("/").disconnectSockets(false));

        wire.say("42[\"leave\"]", "42[\"a\"]");

        assertThat(log).isEmpty();
    }

    @Test
    void sends_what_a_middleware_emits_before_the_answer_to_connect() {
        root.use(socket -> socket.emit("hello"));

        var frames = bench.open().say("40").take();

        assertThat(frames).hasSize(2).first().isEqualTo("42[\"hello\"]");
        assertThat(frames.get(1)).startsWith("40{\"sid\"");
    }
}
