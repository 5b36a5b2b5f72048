package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DynamicNamespaceTest {

    private final Bench bench = new Bench();
    private final List<String> log = new ArrayList<>();

    private static String names(Iterable<Namespace> namespaces) {
        var names = new ArrayList<String>();
        namespaces.forEach(namespace -> names.add(namespace.name()));
        names.sort(String::compareTo);
        return names.toString();
    }

    @Test
    void makes_a_namespace_whose_name_fits_a_pattern() {
        var parent = bench.server.of(Pattern.compile("^/dynamic-\\d+$"));
        parent.use(socket -> log.add("use " + socket.namespace().name()))
                .onConnect(socket -> log.add("connect " + socket.namespace().name()));
        bench.server.onNamespace(namespace -> log.add("new " + namespace.name()));

        var wire = bench.open().say("40/dynamic-101,", "40/dynamic-x,", "40/dynamic-2,");

        assertThat(wire.take()).hasSize(3).element(1).isEqualTo("44/dynamic-x,{\"message\":\"Invalid namespace\"}");
        assertThat(log)
                .containsExactly(
                        "new /dynamic-101",
                        "use /dynamic-101",
                        "connect /dynamic-101",
                        "new /dynamic-2",
                        "use /dynamic-2",
                        "connect /dynamic-2");
        assertThat(names(parent.children())).isEqualTo("[/dynamic-101, /dynamic-2]");
        assertThat(names(bench.server.namespaces())).isEqualTo("[/, /dynamic-101, /dynamic-2]");
    }

    @Test
    void asks_predicates_in_order_with_the_auth_payload() {
        bench.server.of((name, auth) -> {
            log.add("first " + name + auth);
            throw new IllegalStateException("a predicate that throws refuses");
        });
        bench.server.of((name, auth) -> auth.path("token").asText().equals("abc"));
        bench.server.of((name, auth) -> {
            log.add("third");
            return false;
        });

        var wire = bench.open().say("40/a,{\"token\":\"abc\"}", "40/b,");

        assertThat(wire.take().get(0)).startsWith("40/a,{\"sid\"");
        assertThat(log).containsExactly("first /a{\"token\":\"abc\"}", "first /b{}", "third");
    }

    @Test
    void speaks_to_all_children() {
        var parent = bench.server.of(Pattern.compile("^/d"));
        var one = bench.open().say("40/d1,");
        var two = bench.open().say("40/d2,");
        one.take();
        two.take();

        parent.emit("hello", 1);
        parent.sockets().forEach(socket -> socket.join("room"));
        parent.to("room").emit("you");
        var answers = parent.emitWithAck("q").toCompletableFuture();
        one.say("43/d1,0[1]");
        two.say("43/d2,0[2]");

        assertThat(one.take()).containsExactly("42/d1,[\"hello\",1]", "42/d1,[\"you\"]", "42/d1,0[\"q\"]");
        assertThat(two.take()).containsExactly("42/d2,[\"hello\",1]", "42/d2,[\"you\"]", "42/d2,0[\"q\"]");
        assertThat(answers.join()).hasSize(2);
        assertThat(parent.fetchSockets().toCompletableFuture().join()).hasSize(2);
        parent.disconnectSockets(false);
        assertThat(one.take()).containsExactly("41/d1,");
    }

    @Test
    void attaches_a_child_that_the_application_makes_to_its_parent() {
        var parent = bench.server.of(Pattern.compile("^/chat"));
        parent.onConnect(socket -> log.add("parent"));
        var child = bench.server.of("/chat-1");
        child.onConnect(socket -> log.add("child"));
        bench.server.of("/other");

        bench.open().say("40/chat-1,");

        assertThat(parent.children()).containsExactly(child);
        assertThat(log).containsExactly("parent", "child");
    }

    @Test
    void prefers_a_namespace_that_is_there() {
        bench.server.of("/dynamic-1").onConnect(socket -> log.add("static"));
        bench.server.of(Pattern.compile("dynamic")).onConnect(socket -> log.add("dynamic"));

        bench.open().say("40/dynamic-1,");

        assertThat(log).containsExactly("static");
    }

    @Test
    void makes_one_namespace_when_many_ask_for_it_at_once() throws Exception {
        int many = 8;
        var barrier = new CyclicBarrier(many);
        bench.server.onNamespace(namespace -> {
            synchronized (log) {
                log.add(namespace.name());
            }
        });
        bench.server.of((name, auth) -> {
            try {
                barrier.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return true;
        });
        var wires = new ArrayList<Bench.Wire>();
        for (int i = 0; i < many; i++) {
            wires.add(bench.open());
        }
        var done = new CountDownLatch(many);

        try (var threads = Executors.newFixedThreadPool(many)) {
            wires.forEach(wire -> threads.execute(() -> {
                wire.say("40/race,");
                done.countDown();
            }));
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(log).containsExactly("/race");
        assertThat(bench.server.of("/race").sockets()).hasSize(many);
    }

    @Test
    void forgets_an_empty_child_when_told_to() {
        var tidy = new Bench(builder -> builder.cleanupEmptyChildNamespaces(true));
        var parent = tidy.server.of(Pattern.compile("^/d"));
        tidy.server.of("/static");
        var one = tidy.open().say("40/d1,", "40/static,");
        var two = tidy.open().say("40/d1,");

        one.say("41/d1,", "41/static,");
        assertThat(names(parent.children())).isEqualTo("[/d1]");
        two.vanish();

        assertThat(names(parent.children())).isEqualTo("[]");
        assertThat(names(tidy.server.namespaces())).isEqualTo("[/, /static]");
        assertThat(tidy.open().say("40/d1,").take()).hasSize(1);
    }

    @Test
    void forgets_a_child_that_refused_its_only_client() {
        var tidy = new Bench(builder -> builder.cleanupEmptyChildNamespaces(true));
        var parent = tidy.server.of(Pattern.compile("^/d"));
        parent.use(socket -> {
            throw new ConnectionRefused("no", null);
        });

        tidy.open().say("40/d1,");

        assertThat(parent.children()).isEmpty();
        assertThat(names(tidy.server.namespaces())).isEqualTo("[/]");
    }

    @Test
    void keeps_an_empty_child_unless_told() {
        var parent = bench.server.of(Pattern.compile("^/d"));

        bench.open().say("40/d1,", "41/d1,");

        assertThat(names(parent.children())).isEqualTo("[/d1]");
    }
}
