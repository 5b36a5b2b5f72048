package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MemoryCluster cluster = new MemoryCluster();
    private final Bench one = new Bench(builder -> builder.adapter(cluster::join));
    private final Bench two = new Bench(builder -> builder.adapter(cluster::join));
    private final Bench.Wire a = one.connect();
    private final Bench.Wire b = two.connect();
    private final Bench.Wire c = two.connect();
    private final List<String> log = new ArrayList<>();

    private static Socket socket(Bench bench, Bench.Wire wire) {
        return bench.server.of("/").socket(wire.id()).orElseThrow();
    }

    @Test
    void broadcasts_to_the_sockets_of_all_nodes_that_are_meant() {
        socket(one, a).join("red");
        socket(two, b).join("red", "quiet");
        socket(two, c).join("red");
        socket(two, b).onAnyOutgoing((event, arguments) -> log.add(event + arguments));

        one.server.to("red").emit("1", new byte[] {7});
        one.server.to("red").except("quiet").emit("2");
        one.server.to("red").local().emit("3");
        socket(one, a).to("red").emit("4");
        one.server.to(b.id()).emit("5");
        assertThat(b.take()).isEmpty();
        cluster.travel();

        var first = "451-[\"1\",{\"_placeholder\":true,\"num\":0}]";
        assertThat(a.take()).containsExactly(first, "binary of 1 bytes", "42[\"2\"]", "42[\"3\"]");
        assertThat(b.take()).containsExactly(first, "binary of 1 bytes", "42[\"4\"]", "42[\"5\"]");
        assertThat(c.take()).containsExactly(first, "binary of 1 bytes", "42[\"2\"]", "42[\"4\"]");
        assertThat(log).containsExactly("1[\"Bw==\"]", "4[]", "5[]");
    }

    @Test
    void gathers_acknowledgements_of_all_nodes() {
        var unused = two.server.of("/").socket(b.id()).orElseThrow().emitWithAck("moves the counter of node two");
        var answers = one.server.timeout(SECOND).emitWithAck("q").toCompletableFuture();
        a.say("430[\"a\"]");
        cluster.travel();
        assertThat(answers).isNotDone();
        b.say("431[\"b\"]");
        c.say("431[\"c\"]");
        assertThat(answers).isNotDone();
        cluster.travel();

        assertThat(answers.join())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("[\"a\"]", "[\"b\"]", "[\"c\"]");
        assertThat(one.server.to("empty").emitWithAck("q").toCompletableFuture())
                .isNotDone();
    }

    @Test
    void says_who_answered_when_a_node_does_not_answer_at_all() {
        var answers = one.server.timeout(SECOND).emitWithAck("q").toCompletableFuture();
        a.say("430[\"a\"]");

        one.time.advance(SECOND);
        cluster.travel();
        two.time.advance(SECOND);

        assertThatThrownBy(answers::join)
                .cause()
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        failure -> assertThat(failure.answers()).hasSize(1));
        assertThat(((LiveSocket) socket(two, b)).pendingAcks()).isZero();
        assertThat(((LiveSocket) socket(one, a)).pendingAcks()).isZero();
    }

    @Test
    void answers_at_once_when_no_node_has_a_receiver() {
        var answers = one.server.to("empty").emitWithAck("q").toCompletableFuture();
        cluster.travel();

        assertThat(answers).isCompletedWithValue(List.of());
    }

    @Test
    void fetches_moves_and_disconnects_sockets_of_other_nodes() {
        socket(two, b).join("red");
        socket(two, b).data().put("name", "Ada");
        var red = one.server.in("red").fetchSockets().toCompletableFuture();
        var all = one.server.fetchSockets().toCompletableFuture();
        assertThat(red).isNotDone();
        cluster.travel();

        var remote = red.join().getFirst();
        assertThat(all.join()).hasSize(3);
        assertThat(one.server.local().fetchSockets().toCompletableFuture().join())
                .hasSize(1);
        assertThat(remote.id()).isEqualTo(b.id());
        assertThat(remote.rooms()).containsExactlyInAnyOrder(b.id(), "red");
        assertThat(remote.data()).hasToString("{\"name\":\"Ada\"}");
        assertThat(remote.handshake().address()).isEqualTo("127.0.0.1");

        remote.join("blue");
        remote.emit("hello");
        var answer = remote.emitWithAck(SECOND, "q").toCompletableFuture();
        one.server.to("red").socketsLeave("red");
        cluster.travel();
        b.say("430[\"yes\"]");
        cluster.travel();
        assertThat(socket(two, b).rooms()).containsExactlyInAnyOrder(b.id(), "blue");
        assertThat(answer.join()).hasToString("[\"yes\"]");
        one.server.socketsJoin("everybody");
        one.server.to("blue").disconnectSockets(true);
        cluster.travel();
        assertThat(socket(two, c).rooms()).contains("everybody");
        assertThat(b.take()).containsExactly("42[\"hello\"]", "420[\"q\"]", "41");
        assertThat(b.socket.closeCode()).isEqualTo(1000);
        assertThat(c.socket.closeCode()).isZero();
    }

    @Test
    void emits_to_other_servers_and_gathers_their_answers() {
        two.server.of("/").onServerSide("hello", event -> {
            log.add("two " + event.arguments() + event.acknowledgement().requested());
            event.acknowledgement().send("hi", 2);
            event.acknowledgement().send("again");
        });
        one.server.of("/").onServerSide("hello", event -> log.add("one"));

        one.server.serverSideEmit("hello", 1, new byte[] {1});
        var answers = one.server.serverSideEmitWithAck(SECOND, "hello").toCompletableFuture();
        cluster.travel();

        assertThat(log).containsExactly("two [1, \"AQ==\"]false", "two []true");
        assertThat(answers.join()).hasToString("[[\"hi\", 2]]");
        var unanswered = two.server.serverSideEmitWithAck(SECOND, "unknown").toCompletableFuture();
        cluster.travel();
        two.time.advance(SECOND);
        assertThat(unanswered).isCompletedExceptionally();
    }

    @Test
    void keeps_namespaces_apart_and_counts_servers() {
        one.server.of("/other");
        two.server.of("/other");
        one.server.of("/other").emit("x");
        cluster.travel();

        assertThat(b.take()).isEmpty();
        assertThat(((LiveNamespace) one.server.of("/")).adapter().serverCount().toCompletableFuture())
                .isCompletedWithValue(2);
        assertThat(cluster.onTheirWay()).isZero();
    }
}
