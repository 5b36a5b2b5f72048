package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.adapter.RecoveringAdapter;
import dev.parley.socketio.adapter.Recovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private final List<String> log = new ArrayList<>();
    private final List<RecoveringAdapter> adapters = new ArrayList<>();
    private final Bench bench = bench(Recovery.DEFAULTS);

    private Bench bench(Recovery recovery) {
        var rules = recovery.onExpired(session -> log.add("expired " + session.rooms()));
        var made = new Bench(builder -> builder.connectionStateRecovery(rules)
                .listener(new ServerListener() {

                    @Override
                    public void recovered(Socket socket) {
                        log.add("recovered");
                    }

                    @Override
                    public void recoveryFailed(Connection connection, String namespace) {
                        log.add("failed " + namespace);
                    }

                    @Override
                    public void sessionExpired(String namespace, String socketId) {
                        log.add("gone " + namespace);
                    }
                })
                .adapter(home -> {
                    var adapter = new RecoveringAdapter(home, rules);
                    adapters.add(adapter);
                    return adapter;
                }));
        made.server.of("/").onConnect(socket -> {
            if (!socket.recovered()) {
                socket.join("room");
                socket.data().put("name", "Ada");
                socket.attribute(String.class, "kept");
            }
        });
        return made;
    }

    /** A client as the stock ones are: it keeps the last argument of each event, if it is text. */
    private static final class Stock {

        private static final Pattern CONNECT = Pattern.compile("40\\{\"sid\":\"(.*?)\",\"pid\":\"(.*?)\"}");
        private static final Pattern OFFSET = Pattern.compile("(?s)(?:42|45\\d+-)\\[.*\"([^\"]*)\"]");

        private final Bench bench;
        private final List<String> heard = new ArrayList<>();
        private Bench.Wire wire;
        private String sid = "";
        private String pid = "";
        private String offset = "";

        Stock(Bench bench) {
            this.bench = bench;
            this.wire = bench.open();
        }

        Stock connect() {
            var auth = new ArrayList<String>();
            if (!pid.isEmpty()) {
                auth.add("\"pid\":\"" + pid + "\"");
            }
            if (!offset.isEmpty()) {
                auth.add("\"offset\":\"" + offset + "\"");
            }
            wire.say("40{" + String.join(",", auth) + "}");
            return hear();
        }

        Stock hear() {
            for (var frame : wire.take()) {
                var connect = CONNECT.matcher(frame);
                var event = OFFSET.matcher(frame);
                if (connect.matches()) {
                    heard.add(pid.equals(connect.group(2)) ? "recovered" : "connected");
                    sid = connect.group(1);
                    pid = connect.group(2);
                } else if (event.matches()) {
                    offset = event.group(1);
                    heard.add(frame.replace(",\"" + offset + "\"]", "]"));
                } else {
                    heard.add(frame);
                }
            }
            return this;
        }

        /** The connection breaks; what was written to it and not heard is lost. */
        Stock lose() {
            wire.vanish();
            return this;
        }

        Stock back() {
            wire = bench.open();
            return connect();
        }

        List<String> heard() {
            var all = List.copyOf(heard);
            heard.clear();
            return all;
        }
    }

    private Socket socket(Stock client) {
        return bench.server.of("/").socket(client.sid).orElseThrow();
    }

    @Test
    void brings_back_id_rooms_data_and_what_was_missed() {
        var client = new Stock(bench).connect();
        var id = client.sid;
        bench.server.to("room").emit("1");
        client.hear().lose();
        bench.server.to("room").emit("2", new byte[] {1});
        bench.server.to("other").emit("not for it");
        bench.server.except("room").emit("not for it");
        bench.server.to(id).emit("3");
        bench.server.emit("4");

        client.back();

        assertThat(client.heard())
                .containsExactly(
                        "connected",
                        "42[\"1\"]",
                        "451-[\"2\",{\"_placeholder\":true,\"num\":0}]",
                        "binary of 1 bytes",
                        "42[\"3\"]",
                        "42[\"4\"]",
                        "recovered");
        assertThat(client.sid).isEqualTo(id);
        assertThat(socket(client).recovered()).isTrue();
        assertThat(socket(client).rooms()).containsExactlyInAnyOrder(id, "room");
        assertThat(socket(client).data().asTree()).hasToString("{\"name\":\"Ada\"}");
        assertThat(socket(client).attribute(String.class)).hasValue("kept");
        assertThat(log).containsExactly("recovered");
    }

    @Test
    void gives_an_offset_to_plain_events_only() {
        var client = new Stock(bench).connect();
        client.heard();

        socket(client).emit("own", 1);
        var unused = socket(client).emitWithAck("asked");
        socket(client).volatileEmit("volatile");
        socket(client).on("q", event -> event.acknowledgement().send("answer"));
        client.wire.say("427[\"q\"]");
        var frames = client.wire.take();

        assertThat(frames.get(0)).matches("42\\[\"own\",1,\"[0-9a-z]+\\.1\"]");
        assertThat(frames.subList(1, 4)).containsExactly("420[\"asked\"]", "42[\"volatile\"]", "437[\"answer\"]");
    }

    @Test
    void recovers_a_client_that_has_received_nothing() {
        var idle = new Stock(bench).connect().lose();
        var unlucky = new Stock(bench).connect();
        bench.server.to("room").emit("1"); // written to a connection that is no more
        unlucky.lose();
        bench.server.to("room").emit("2");

        assertThat(idle.back().heard()).containsExactly("connected", "42[\"1\"]", "42[\"2\"]", "recovered");
        assertThat(unlucky.back().heard()).containsExactly("connected", "42[\"1\"]", "42[\"2\"]", "recovered");
    }

    @Test
    void does_not_repeat_what_was_received_nor_what_came_before_a_room_was_joined() {
        bench.server.to("late").emit("before it came");
        var client = new Stock(bench).connect();
        bench.server.to("late").emit("before it joined");
        socket(client).join("late");
        client.lose();

        assertThat(client.back().heard()).containsExactly("connected", "recovered");
        bench.server.to("late").emit("1");
        client.hear().lose();
        assertThat(client.back().heard()).containsExactly("42[\"1\"]", "recovered");
        assertThat(client.lose().back().heard()).containsExactly("recovered");
    }

    @Test
    void goes_on_with_an_offset_that_is_old_but_the_last_that_was_sent() {
        var client = new Stock(bench).connect();
        bench.server.to("room").emit("1");
        client.hear();
        client.heard();
        bench.server.to("other").emit("not for it");
        bench.time.advance(Duration.ofMinutes(9)); // both events are long forgotten
        client.lose();
        bench.server.to("room").emit("2");

        assertThat(client.back().heard()).containsExactly("42[\"2\"]", "recovered");
    }

    @Test
    void begins_anew_with_unknown_pids_and_offsets() {
        var stranger = new Stock(bench);
        stranger.pid = "unknown";
        assertThat(stranger.connect().heard()).containsExactly("connected");

        for (var offset : List.of("nonsense", "x.1", "k.zzzzzzzzzzzzzzzzzzzzzzzzzz", "")) {
            var client = new Stock(bench).connect();
            bench.server.to("room").emit("1");
            client.hear();
            var before = client.sid;
            client.offset = offset.isEmpty() ? client.offset.replaceAll("\\..*", ".zz") : offset;
            client.lose();
            client.heard();

            assertThat(client.back().heard()).containsExactly("connected");
            assertThat(client.sid).isNotEqualTo(before);
        }
        assertThat(log).filteredOn("failed /"::equals).hasSize(5);
    }

    @Test
    void tells_when_nobody_came_back_in_time() {
        var client = new Stock(bench).connect().lose();

        bench.time.advance(Duration.ofMinutes(2));

        assertThat(log).containsExactly("gone /", "expired [room]");
        assertThat(client.back().heard()).containsExactly("connected", "connected");
    }

    @Test
    void keeps_no_session_of_a_client_that_left_or_was_sent_away() {
        new Stock(bench).connect().wire.say("41");
        var sent = new Stock(bench).connect();
        socket(sent).disconnect(true);

        assertThat(sent.hear().back().heard()).containsExactly("connected", "41", "connected");
    }

    @Test
    void hears_a_goodbye_that_is_read_after_its_client_is_back() throws Exception {
        var client = new Stock(bench).connect();
        var old = client.wire;
        client.heard();

        var coming = Thread.ofPlatform().start(client::back);
        while (coming.getState() != Thread.State.TIMED_WAITING && coming.isAlive()) {
            Thread.onSpinWait();
        }
        old.say("41");
        coming.join(TimeUnit.SECONDS.toMillis(10));

        assertThat(client.heard()).containsExactly("connected");
        assertThat(bench.server.of("/").sockets()).hasSize(1);
    }

    @Test
    void takes_over_from_an_old_connection_of_the_same_client() {
        var client = new Stock(bench).connect();
        bench.server.to("room").emit("1");
        var old = client.wire;
        socket(client).onDisconnect(reason -> log.add(reason.text()));

        client.back();
        bench.server.to("room").emit("2");

        assertThat(client.hear().heard()).containsExactly("connected", "42[\"1\"]", "recovered", "42[\"2\"]");
        assertThat(old.socket.closeCode()).isNotZero();
        assertThat(log).contains("transport close", "recovered");
        assertThat(bench.server.of("/").sockets()).hasSize(1);
    }

    @Test
    void asks_middlewares_again_when_told_to() {
        for (boolean skip : List.of(true, false)) {
            var server = bench(Recovery.DEFAULTS.skipMiddlewares(skip));
            server.server.of("/").use(socket -> log.add("asked"));
            var client = new Stock(server).connect().lose();
            log.clear();

            assertThat(client.back().heard()).last().isEqualTo("recovered");
            assertThat(log).containsExactlyElementsOf(skip ? List.of("recovered") : List.of("asked", "recovered"));
        }
    }

    @Test
    void forgets_the_oldest_when_there_is_too_much() {
        var small = bench(Recovery.DEFAULTS.limits(2, 3, 1_000_000));
        var first = new Stock(small).connect().lose();
        var second = new Stock(small).connect();
        small.server.to("room").emit("1");
        second.hear().lose();
        var third = new Stock(small).connect();
        for (int i = 0; i < 4; i++) {
            small.server.to("room").emit("x");
        }
        third.hear().lose();

        assertThat(log).containsExactly("gone /", "expired [room]");
        assertThat(first.back().heard()).last().isEqualTo("connected");
        assertThat(second.back().heard()).last().isEqualTo("connected"); // some of what it missed is gone
        assertThat(third.back().heard()).last().isEqualTo("recovered");
    }

    @Test
    void bounds_the_bytes_of_what_is_kept() {
        var small = bench(Recovery.DEFAULTS.limits(10, 1000, 10_000));
        var client = new Stock(small).connect().lose();
        for (int i = 0; i < 100; i++) {
            small.server.to("room").emit("x", "x".repeat(1000));
        }

        assertThat(adapters.getLast().size()).isLessThan(12);
        assertThat(client.back().heard()).last().isEqualTo("connected");
    }

    @Test
    void keeps_the_order_of_what_a_connection_listener_and_others_say() {
        bench.server.of("/").onConnect(socket -> {
            bench.server.to("room").emit("1");
            socket.emit("2");
            var unused = socket.emitWithAck("3");
            bench.server.to("room").emit("4");
        });

        assertThat(new Stock(bench).connect().heard())
                .containsExactly("connected", "42[\"1\"]", "42[\"2\"]", "420[\"3\"]", "42[\"4\"]");
    }

    @Test
    void says_all_before_it_sends_a_client_away() {
        bench.server.of("/").onConnect(socket -> {
            socket.emit("1");
            socket.disconnect(true);
        });

        assertThat(new Stock(bench).connect().heard()).containsExactly("connected", "42[\"1\"]", "41");
    }

    @Test
    void leaves_nothing_behind_when_time_has_passed() {
        for (int i = 0; i < 200; i++) {
            var client = new Stock(bench).connect();
            bench.server.to("room").emit("x");
            client.lose();
            if (i % 2 == 0) {
                client.back().lose();
            }
        }

        bench.time.advance(Duration.ofMinutes(10));

        assertThat(adapters.getFirst().size()).isZero();
        assertThat(bench.timers.pending()).isZero();
    }
}
