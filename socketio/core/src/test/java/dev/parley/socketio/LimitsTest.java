package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.engineio.EngineOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What one client can make a server keep ends somewhere, and the client or the caller is told where. */
class LimitsTest {

    private final List<String> refused = Collections.synchronizedList(new ArrayList<>());

    private Bench bench(UnaryOperator<SocketLimits> limits) {
        return new Bench(
                EngineOptions.builder(),
                builder -> builder.limits(limits.apply(SocketLimits.DEFAULTS)).listener(new ServerListener() {

                    @Override
                    public void connectRefused(Connection connection, String namespace, String message) {
                        refused.add(namespace + " " + message);
                    }
                }));
    }

    private static String exceeded(String namespace, String what, String limit, int max) {
        return "44" + namespace + ",{\"message\":\"" + what + ": " + limit + " is " + max
                + "\",\"data\":{\"code\":\"limit_exceeded\",\"limit\":\"" + limit + "\",\"max\":" + max + "}}";
    }

    @Test
    void a_connection_is_in_so_many_namespaces_and_stays_when_it_wants_more() {
        var bench = bench(limits -> limits.maxNamespacesPerConnection(3));
        bench.server.of(Pattern.compile("^/n"));
        var wire = bench.open().say("40/n1,", "40/n2,", "40/n3,");
        wire.take();

        wire.say("40/n4,");

        assertThat(wire.take())
                .containsExactly(exceeded("/n4", "Too many namespaces", "maxNamespacesPerConnection", 3));
        assertThat(refused).containsExactly("/n4 Too many namespaces: maxNamespacesPerConnection is 3");
        assertThat(wire.socket.closeCode()).isZero();
        wire.say("41/n1,", "40/n4,");
        assertThat(wire.take()).singleElement().asString().startsWith("40/n4,{\"sid\"");
    }

    @Test
    void who_asks_for_one_namespace_after_the_other_fills_nothing() {
        var bench = bench(limits -> limits.maxDynamicNamespaces(50));
        var parent = bench.server.of(Pattern.compile("^/n"));
        var wire = bench.connect();

        for (int i = 0; i < 100_000; i++) {
            wire.say("40/n" + i + ",", "41/n" + i + ",");
            wire.take();
        }

        assertThat(wire.socket.closeCode()).isZero();
        assertThat(bench.server.namespaces()).hasSize(50 + 1);
        assertThat(parent.children()).hasSize(50);
        assertThat(refused).isEmpty();
    }

    @Test
    void who_stays_in_all_namespaces_he_asks_for_gets_no_more_of_them() {
        var bench = bench(limits -> limits.maxDynamicNamespaces(5));
        bench.server.of(Pattern.compile("^/n"));
        var first = bench.open().say("40/n1,", "40/n2,", "40/n3,");
        var second = bench.open().say("40/n4,", "40/n5,");
        second.take();

        second.say("40/n6,", "40/n1,");

        var answers = second.take();
        assertThat(answers)
                .hasSize(2)
                .first()
                .isEqualTo(exceeded("/n6", "Too many namespaces", "maxDynamicNamespaces", 5));
        assertThat(answers.get(1)).startsWith("40/n1,{\"sid\""); // it is there already
        first.vanish();
        second.say("40/n6,");
        assertThat(second.take()).singleElement().asString().startsWith("40/n6,{\"sid\"");
    }

    @Test
    void namespaces_that_the_application_made_neither_count_nor_go() {
        var bench = bench(limits -> limits.maxDynamicNamespaces(1));
        bench.server.of(Pattern.compile("^/n"));
        var own = bench.server.of("/n-own");
        bench.open().say("40/n-own,").say("41/n-own,");

        var wire = bench.open().say("40/n1,", "41/n1,", "40/n2,");

        assertThat(wire.take())
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer).contains("\"sid\""));
        assertThat(bench.server.of("/n-own")).isSameAs(own);
        assertThat(bench.server.namespaces())
                .extracting(Namespace::name)
                .containsExactlyInAnyOrder("/", "/n-own", "/n2");
    }

    @Test
    void a_namespace_whose_middleware_refuses_everybody_makes_room_too() {
        var bench = bench(limits -> limits.maxDynamicNamespaces(2));
        bench.server.of(Pattern.compile("^/n")).use(socket -> {
            throw new ConnectionRefused("no", null);
        });
        var wire = bench.connect();

        for (int i = 0; i < 100; i++) {
            wire.say("40/n" + i + ",");
        }

        assertThat(wire.take())
                .hasSize(100)
                .allSatisfy(answer -> assertThat(answer).endsWith("{\"message\":\"no\"}"));
        assertThat(bench.server.namespaces()).hasSize(3);
    }

    @Test
    void many_who_ask_at_once_get_no_more_namespaces_than_there_may_be() throws InterruptedException {
        var bench = bench(limits -> limits.maxDynamicNamespaces(20).maxNamespacesPerConnection(1_000));
        var parent = bench.server.of(Pattern.compile("^/n"));
        var wires = List.of(bench.open(), bench.open(), bench.open(), bench.open());
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var start = new CountDownLatch(1);

        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var wire : wires) {
                int first = wires.indexOf(wire) * 1_000;
                threads.execute(() -> {
                    try {
                        start.await();
                        for (int i = first; i < first + 1_000; i++) {
                            wire.say("40/n" + i + ",");
                            if (wire.take().getLast().startsWith("40") && i % 50 != 0) {
                                wire.say("41/n" + i + ",");
                            }
                        }
                    } catch (InterruptedException | RuntimeException | AssertionError e) {
                        failures.add(e);
                    }
                });
            }
            start.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(failures).isEmpty();
        assertThat(refused).isNotEmpty();
        assertThat(parent.children()).hasSize(20);
        assertThat(bench.server.namespaces()).hasSize(20 + 1);
    }

    @Test
    void the_names_of_namespaces_are_bounded() {
        var bench = bench(limits -> limits.maxNamespaceLength(10));
        bench.server.of(Pattern.compile("^/n"));

        var wire = bench.open().say("40/n23456789,", "40/n234567890,");

        assertThat(wire.take())
                .hasSize(2)
                .last()
                .isEqualTo(exceeded("/n234567890", "Namespace too long", "maxNamespaceLength", 10));
        assertThat(bench.server.namespaces()).hasSize(2);
    }

    @Test
    void the_auth_payload_is_bounded() {
        var bench = bench(limits -> limits.maxAuthBytes(40));

        var wire = bench.open().say("40{\"token\":\"" + "x".repeat(40) + "\"}");

        assertThat(wire.take()).singleElement().asString().contains("Auth payload too large: maxAuthBytes is 40");
        wire.say("40{\"token\":\"" + "x".repeat(20) + "\"}");
        assertThat(wire.take()).singleElement().asString().startsWith("40{\"sid\"");
    }

    @Test
    void a_socket_is_in_so_many_rooms_and_joins_all_it_asks_for_or_none() {
        var bench = bench(limits -> limits.maxRoomsPerSocket(3));
        bench.connect();
        var socket = bench.server.of("/").sockets().iterator().next();
        socket.join("a", "b");

        var failure = catchThrowableOfType(LimitExceeded.class, () -> socket.join("c", "d"));

        assertThat(failure).hasMessage("Too many rooms: maxRoomsPerSocket is 3");
        assertThat(failure.limit()).isEqualTo("maxRoomsPerSocket");
        assertThat(failure.max()).isEqualTo(3);
        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "a", "b");
        socket.join("b", "c", socket.id()); // it is in two of them already
        assertThat(socket.rooms()).contains("c");
        assertThatThrownBy(() -> socket.join("d")).isInstanceOf(LimitExceeded.class);
        socket.leave("a");
        socket.join("d");
        assertThat(socket.rooms()).hasSize(4);
    }

    @Test
    void others_are_put_into_a_room_although_one_of_them_is_in_too_many() {
        var bench = bench(limits -> limits.maxRoomsPerSocket(1));
        bench.connect();
        bench.connect();
        bench.server.of("/").sockets().iterator().next().join("full");

        try (var log = LogCapture.of(SocketServer.class)) {
            bench.server.socketsJoin("more");

            assertThat(log.lines())
                    .containsExactly(
                            "WARNING A socket of / was not put into rooms: Too many rooms: maxRoomsPerSocket is 1");
        }

        assertThat(bench.server.of("/").sockets())
                .extracting(socket -> socket.rooms().contains("more"))
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void names_of_namespaces_that_were_left_are_not_kept_for_ever() {
        var names = new RecentNames(2);

        names.add("a");
        names.add("b");
        names.add("a");
        names.add("c");

        assertThat(names.contains("a")).isTrue();
        assertThat(names.contains("b")).isFalse();
        names.remove("a");
        assertThat(names.contains("a")).isFalse();
    }

    @Test
    void limits_are_at_least_one() {
        assertThatThrownBy(() -> SocketLimits.DEFAULTS.maxRoomsPerSocket(0))
                .hasMessage("maxRoomsPerSocket must be positive, not 0");
    }
}
