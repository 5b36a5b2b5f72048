package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.engineio.Frame;
import dev.parley.socketio.protocol.Packet;
import dev.parley.socketio.protocol.PacketReader;
import dev.parley.socketio.protocol.Parser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BroadcastTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Bench bench = new Bench(builder -> builder.maxPendingAcks(3).ackTimeout(SECOND));
    private final Namespace root = bench.server.of("/");

    private Socket socket(Bench.Wire wire) {
        return root.socket(wire.id()).orElseThrow();
    }

    @Test
    void starts_from_server_namespace_and_socket_alike() {
        var a = bench.connect();
        var b = bench.connect();
        var c = bench.connect();
        socket(a).join("red");
        socket(b).join("red", "blue");

        bench.server.in("red").emit("1");
        bench.server.except("red").emit("2");
        root.local().except(b.id()).emit("3");
        socket(a).in("red").emit("4");
        socket(a).except("blue").emit("5");
        socket(a).local().emit("6");
        root.compress(false).emit("7");
        root.whenWritable().to("blue").emit("8");
        socket(c).send("9");

        assertThat(a.take()).containsExactly("42[\"1\"]", "42[\"3\"]", "42[\"7\"]");
        assertThat(b.take()).containsExactly("42[\"1\"]", "42[\"4\"]", "42[\"6\"]", "42[\"7\"]", "42[\"8\"]");
        assertThat(c.take())
                .containsExactly(
                        "42[\"2\"]", "42[\"3\"]", "42[\"5\"]", "42[\"6\"]", "42[\"7\"]", "42[\"message\",\"9\"]");
    }

    @Test
    void drops_volatile_events_for_those_who_cannot_be_written_to_at_once() {
        var busy = bench.connect();
        var idle = bench.connect();
        busy.socket.block();
        socket(busy).emit("1");

        root.whenWritable().emit("2");
        socket(busy).whenWritable().emit("3");
        busy.socket.unblock();
        socket(busy).volatileEmit("4");

        assertThat(busy.take()).containsExactly("42[\"1\"]", "42[\"4\"]");
        assertThat(idle.take()).containsExactly("42[\"2\"]");
    }

    @Test
    void encodes_once_however_many_receive() {
        var encoded = new AtomicInteger();
        var json = Parser.json(JsonMapper.builder().build());
        var counting = new Bench(builder -> builder.parser(new Parser() {

            @Override
            public List<Frame> encode(Packet packet) {
                if (packet instanceof Packet.Event) {
                    encoded.incrementAndGet();
                }
                return json.encode(packet);
            }

            @Override
            public PacketReader reader() {
                return json.reader();
            }
        }));
        var wires = List.of(counting.connect(), counting.connect(), counting.connect());

        counting.server.emit("a", Map.of("b", new byte[] {1}));
        var unused = counting.server.emitWithAck("c");

        assertThat(encoded).hasValue(2);
        assertThat(wires).allSatisfy(wire -> assertThat(wire.take()).hasSize(3));
    }

    @Test
    void marks_what_must_not_be_compressed() {
        var frames = new ArrayList<Frame>();
        var wire = bench.connect();
        wire.socket.onFrame(frames::add);

        root.emit("a");
        root.compress(false).emit("b", new byte[1]);
        socket(wire).compress(false).emit("c");

        assertThat(frames).extracting(Frame::compressible).containsExactly(true, false, false, false);
    }

    @Test
    void drops_the_acknowledgements_of_a_broadcast_that_timed_out_from_every_socket() {
        var a = bench.connect();
        var b = bench.connect();
        for (int i = 0; i < 3; i++) {
            var unused = root.timeout(SECOND).emitWithAck("q");
        }

        bench.time.advance(SECOND);

        assertThat(((LiveSocket) socket(a)).pendingAcks()).isZero();
        assertThat(((LiveSocket) socket(b)).pendingAcks()).isZero();
        assertThat(bench.timers.pending()).isEqualTo(2);
        assertThat(b.say("430[]").socket.closeCode()).isZero();
    }

    @Test
    void asks_no_more_of_a_client_that_owes_too_many_answers() {
        var wire = bench.connect();
        for (int i = 0; i < 3; i++) {
            var unused = socket(wire).emitWithAck("q");
        }
        wire.take();

        var fourth = socket(wire).timeout(SECOND).emitWithAck("q").toCompletableFuture();
        var all = root.emitWithAck("q").toCompletableFuture();

        assertThatThrownBy(fourth::join).hasRootCauseMessage("the client owes 3 acknowledgements");
        assertThat(((LiveSocket) socket(wire)).pendingAcks()).isEqualTo(3);
        bench.time.advance(SECOND);
        assertThat(all).isCompletedExceptionally();
        assertThat(((LiveSocket) socket(wire)).pendingAcks()).isZero();
    }

    @Test
    void uses_the_servers_patience_where_the_call_says_nothing() {
        var wire = bench.connect();
        var one = socket(wire).emitWithAck("q").toCompletableFuture();
        var all = root.emitWithAck("q").toCompletableFuture();

        bench.time.advance(SECOND);

        assertThat(one).isCompletedExceptionally();
        assertThat(all).isCompletedExceptionally();
    }

    @Test
    void fetches_sockets_and_moves_them() {
        var a = bench.connect();
        var b = bench.connect();
        socket(a).join("red");
        socket(a).data().put("name", "Ada");

        var red = root.in("red").fetchSockets().toCompletableFuture().join();
        var remote = red.getFirst();
        remote.join("blue");
        remote.leave("red");
        remote.emit("hello", 1);
        var answer = remote.emitWithAck(SECOND, "q").toCompletableFuture();
        a.say("430[\"yes\"]");

        assertThat(red).hasSize(1);
        assertThat(remote.id()).isEqualTo(a.id());
        assertThat(remote.rooms()).containsExactlyInAnyOrder(a.id(), "red");
        assertThat(remote.data()).hasToString("{\"name\":\"Ada\"}");
        assertThat(remote.handshake().address()).isEqualTo("127.0.0.1");
        assertThat(socket(a).rooms()).containsExactlyInAnyOrder(a.id(), "blue");
        assertThat(a.take()).containsExactly("42[\"hello\",1]", "420[\"q\"]");
        assertThat(answer.join()).hasToString("[\"yes\"]");
        assertThat(root.fetchSockets().toCompletableFuture().join()).hasSize(2);
        remote.disconnect(false);
        assertThat(a.take()).containsExactly("41");
        assertThatThrownBy(() ->
                        remote.emitWithAck(SECOND, "q").toCompletableFuture().join())
                .hasRootCauseInstanceOf(Unanswered.class);
        assertThat(b.socket.closeCode()).isZero();
    }

    @Test
    void moves_and_disconnects_everybody() {
        var a = bench.connect();
        var b = bench.connect();

        bench.server.socketsJoin("red");
        root.to("red").emit("x");
        root.socketsLeave("red");
        root.to("red").emit("y");
        bench.server.disconnectSockets(true);

        assertThat(a.take()).containsExactly("42[\"x\"]", "41");
        assertThat(b.take()).containsExactly("42[\"x\"]", "41");
    }

    @Test
    void shows_none_that_is_still_connecting() {
        var counts = new ArrayList<Integer>();
        root.use(socket -> {
            socket.join("room");
            counts.add(root.fetchSockets().toCompletableFuture().join().size());
            counts.add(root.to("room")
                    .emitWithAck("q")
                    .toCompletableFuture()
                    .join()
                    .size());
        });

        bench.connect();

        assertThat(counts).containsExactly(0, 0);
    }

    @Test
    void asks_no_other_server_when_there_is_none() {
        bench.server.serverSideEmit("hello", 1);

        assertThat(root.serverSideEmitWithAck(SECOND, "q").toCompletableFuture())
                .isCompletedWithValue(List.of());
        assertThatThrownBy(() -> root.serverSideEmit("connect")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> root.onServerSide("connect", event -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keeps_data_as_json_which_later_changes_of_the_object_do_not_touch() {
        var wire = bench.connect();
        var list = new ArrayList<>(List.of(1));

        socket(wire).data().put("list", list);
        list.add(2);
        socket(wire).data().asTree().put("other", 1);
        socket(wire).data().put("gone", 1);
        socket(wire).data().put("gone", null);

        assertThat(socket(wire).data().asTree()).hasToString("{\"list\":[1]}");
        assertThat(socket(wire).data().get("list", List.class)).contains(List.of(1));
        assertThat(socket(wire).data().get("none").isMissingNode()).isTrue();
    }
}
