package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandshakeRulesTest {

    private static final EngineRequest SOCKET = TestBench.request("GET", "EIO=4&transport=websocket");

    @Test
    void sends_the_initial_packet_right_behind_the_handshake() {
        var bench = new TestBench(EngineOptions.builder().initialPacket(new Packet.Text("hello")));
        var socket = new FakeSocket();

        var polled = bench.get("").body();
        FakeSocket.open(bench.engine, SOCKET, socket);

        assertThat(polled).startsWith("0{").endsWith("}\u001e4hello");
        assertThat(socket.sent()).hasSize(2).last().isEqualTo("4hello");
    }

    @Test
    void has_messages_only_as_initial_packets() {
        var options = EngineOptions.builder().initialPacket(new Packet.Close());

        assertThatThrownBy(options::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takes_the_ids_of_the_applications_generator() {
        var bench = new TestBench(EngineOptions.builder()
                .generateId(request -> "of-" + request.parameter("name").orElseThrow()));

        assertThat(bench.get("&name=alice").body()).startsWith("0{\"sid\":\"of-alice\",");
        assertThat(bench.post("&sid=of-alice", "4a").status()).isEqualTo(200);
    }

    @Test
    void refuses_whom_the_generator_has_no_good_id_for() {
        var ids = new ArrayDeque<>(List.of("a", "a", "", "x\"y", "a", "c", "c", "b"));
        var bench = new TestBench(EngineOptions.builder()
                .maxConnections(3)
                .generateId(request -> request.parameter("fail").isPresent() ? fail() : ids.remove()));

        assertThat(bench.get("").status()).isEqualTo(200);
        for (int i = 0; i < 3; i++) { // taken, empty, not safe in a cookie
            assertThat(bench.get("").body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        }
        assertThat(bench.get("&fail=1").body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        for (var more : List.of("", "&fail=1")) { // taken, none
            assertThat(bench.engine.verifyUpgrade(TestBench.request("GET", "EIO=4&transport=websocket" + more)))
                    .isEqualTo(Refusal.BAD_REQUEST);
        }
        var first = (Admission) bench.engine.verifyUpgrade(SOCKET);
        var second = (Admission) bench.engine.verifyUpgrade(SOCKET);
        bench.engine.open(first, new FakeSocket());
        var late = new FakeSocket();
        bench.engine.open(second, late); // the same id, given to two at once
        assertThat(late.closeCode()).isEqualTo(1008);
        assertThat(bench.engine.sessionCount()).isEqualTo(2);
        assertThat(bench.get("").status()).isEqualTo(200); // nobody who was refused counts
    }

    private static String fail() {
        throw new IllegalStateException("out of ids");
    }

    @Test
    void refuses_a_handshake_of_which_it_would_have_to_keep_too_much() {
        var bench = new TestBench(EngineOptions.builder().maxHandshakeBytes(400));
        var large = "x".repeat(300);
        var small = "x".repeat(200);

        var refused = bench.get("", "cookie", large);

        assertThat(refused.status()).isEqualTo(431);
        assertThat(refused.body())
                .isEqualTo("{\"code\":3,\"message\":\"Handshake too large: maxHandshakeBytes is 400\"}");
        assertThat(bench.get("&q=" + "x".repeat(400)).status()).isEqualTo(431);
        assertThat(bench.get("&a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=0&k=1&l=2").status())
                .isEqualTo(431); // each field costs
        assertThat(bench.engine.verifyUpgrade(TestBench.request("GET", "EIO=4&transport=websocket", "cookie", large)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(431));
        assertThat(bench.sessions).isEmpty();
        assertThat(bench.get("", "cookie", small).status()).isEqualTo(200);
        var sid = bench.sessions.getLast().id();
        assertThat(bench.post("&sid=" + sid, "4a").status()).isEqualTo(200);
    }

    @Test
    void lets_nobody_in_when_the_applications_check_fails() {
        var bench = new TestBench(EngineOptions.builder().allowRequest(request -> {
            throw new IllegalStateException("no database");
        }));

        assertThat(bench.get("").body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(bench.engine.verifyUpgrade(SOCKET)).isEqualTo(Refusal.BAD_REQUEST);
        assertThat(bench.engine.sessionCount()).isZero();
    }

    @Test
    void answers_without_the_applications_headers_when_those_fail() {
        var bench = new TestBench(EngineOptions.builder()
                .initialHeaders((request, headers) -> headers.put("X-First", "1"))
                .headers((request, headers) -> {
                    throw new IllegalStateException("no idea");
                }));

        var response = bench.get("");

        assertThat(response.body()).startsWith("0{");
        assertThat(response.headers()).containsEntry("X-First", "1");
        assertThat(bench.engine.upgradeHeaders(SOCKET)).containsOnlyKeys("X-First");
        var session = PollingAnswersTest.sid(response.body());
        assertThat(bench.post("&sid=" + session, "4a").status()).isEqualTo(200);
    }

    @Test
    void lets_in_no_more_than_it_may() {
        var bench = new TestBench(EngineOptions.builder().maxConnections(2));
        var admitted = (Admission) bench.engine.verifyUpgrade(SOCKET);
        bench.get("");
        FakeSocket.open(bench.engine, SOCKET, new FakeSocket());

        var refused = bench.get("");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).isEqualTo("{\"code\":4,\"message\":\"Too many connections\"}");
        assertThat(bench.engine.verifyUpgrade(SOCKET)).isEqualTo(Population.FULL);
        var late = new FakeSocket();
        bench.engine.open(admitted, late); // who was let in while there was room
        assertThat(late.closeCode()).isEqualTo(1013);
        bench.sessions.get(0).abort(CloseReason.FORCED_CLOSE);
        assertThat(bench.get("").status()).isEqualTo(200);
    }

    @Test
    void counts_addresses_apart() {
        var bench = new TestBench(EngineOptions.builder().maxConnectionsPerAddress(1));

        assertThat(bench.serve(TestBench.from("10.0.0.1")).status()).isEqualTo(200);
        assertThat(bench.serve(TestBench.from("10.0.0.2")).status()).isEqualTo(200);
        var refused = bench.serve(TestBench.from("10.0.0.1"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("{\"code\":4,\"message\":\"Too many connections from this address\"}");
        bench.sessions.get(0).abort(CloseReason.FORCED_CLOSE);
        assertThat(bench.serve(TestBench.from("10.0.0.1")).status()).isEqualTo(200);
    }

    @Test
    void bounds_the_connections_that_have_said_nothing_yet() {
        var bench = new TestBench(EngineOptions.builder().maxSilentConnections(2));
        var first = PollingAnswersTest.sid(bench.get("").body());
        bench.get("");

        assertThat(bench.get("").status()).isEqualTo(503);
        bench.post("&sid=" + first, "4a");
        assertThat(bench.get("").status()).isEqualTo(200);
        bench.sessions.get(0).abort(CloseReason.FORCED_CLOSE); // one that had spoken
        assertThat(bench.get("").status()).isEqualTo(503);
        bench.sessions.get(1).abort(CloseReason.FORCED_CLOSE);
        assertThat(bench.get("").status()).isEqualTo(200);
    }

    @Test
    void has_its_limits_in_the_right_order() {
        assertThatThrownBy(() -> new ConnectionLimits(0, 1, 1)).hasMessageContaining("maxConnections");
    }

    @Test
    void offers_no_upgrade_where_none_is_allowed() {
        var polling = new TestBench(EngineOptions.builder().transports(Set.of(TransportName.POLLING)));
        var fixed = new TestBench(EngineOptions.builder().allowUpgrades(false));

        assertThat(polling.get("").body()).contains("\"upgrades\":[]");
        assertThat(fixed.get("").body()).contains("\"upgrades\":[]");
        assertThat(polling.engine.verifyUpgrade(SOCKET)).isEqualTo(Refusal.UNKNOWN_TRANSPORT);
    }
}
