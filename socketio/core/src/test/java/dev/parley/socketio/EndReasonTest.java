package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engineio.CloseReason;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.FakeExchange;
import dev.parley.engineio.HttpExchange;
import dev.parley.engineio.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever wonders why the server ended a connection finds one line in the log, and the reason with those who watch. */
class EndReasonTest {

    private static final String SECRET = "hunter2";

    private final List<CloseReason> closed = new ArrayList<>();
    private final Bench bench = new Bench(
            EngineOptions.builder()
                    .maxBufferedPackets(5)
                    .maxBufferedBytes(10_000)
                    .maxInboundBytes(5_000),
            new ServerListener() {

                @Override
                public void connectionClosed(Connection connection, CloseReason reason) {
                    closed.add(reason);
                }
            });
    private final LogCapture log = LogCapture.of(Session.class);

    @AfterEach
    void release() {
        log.close();
    }

    /** One line, one reason, and nothing of what came. */
    private void assertEnded(CloseReason reason, String why) {
        assertEnded("websocket", reason, why);
    }

    private void assertEnded(String transport, CloseReason reason, String why) {
        assertThat(closed).containsExactly(reason);
        assertThat(log.lines()).containsExactly("DEBUG Ended a " + transport + " session: " + reason + ", " + why);
        assertThat(log.lines().getFirst()).doesNotContain(SECRET);
    }

    private String poll() {
        var handshake = FakeExchange.get("EIO=4", "transport=polling");
        bench.engine().handle(handshake);
        return handshake.text().substring(9, 29);
    }

    private FakeExchange post(String sid, String body) {
        var exchange = FakeExchange.post(body, "EIO=4", "transport=polling", "sid=" + sid);
        bench.engine().handle(exchange);
        return exchange;
    }

    private void assertRuleBroken(Consumer<Bench.Wire> deed, String rule) {
        deed.accept(bench.connect());

        assertEnded(CloseReason.PARSE_ERROR, rule);
    }

    @Test
    void a_frame_that_is_no_packet() {
        assertRuleBroken(wire -> wire.say(SECRET), "unknown packet type");
    }

    @Test
    void a_ping() {
        assertRuleBroken(wire -> wire.say("2" + SECRET), "a ping, which is the server's since Engine.IO 4");
    }

    @Test
    void a_socket_io_packet_that_is_none() {
        assertRuleBroken(wire -> wire.say("42[\"" + SECRET), "payload is not JSON");
    }

    @Test
    void a_second_connect() {
        assertRuleBroken(wire -> wire.say("40{\"token\":\"" + SECRET + "\"}"), "a second CONNECT to one namespace");
    }

    @Test
    void a_packet_for_a_namespace_that_was_not_joined() {
        assertRuleBroken(wire -> wire.say("42/" + SECRET + ",[\"a\"]"), "a packet of a namespace that was not joined");
    }

    @Test
    void more_than_is_handled() {
        bench.holdHandlers();
        var wire = bench.open();

        for (int i = 0; i < 10; i++) {
            wire.say("40{\"token\":\"" + SECRET.repeat(100) + "\"}");
        }
        bench.releaseHandlers();

        assertEnded(CloseReason.FLOOD, "maxInboundBytes is 5000");
    }

    @Test
    void more_packets_than_it_reads() {
        var wire = bench.connect();
        wire.socket.block();

        for (int i = 0; i < 10; i++) {
            bench.server.emit(SECRET);
        }

        assertEnded(CloseReason.SLOW_READER, "maxBufferedPackets is 5");
    }

    @Test
    void more_bytes_than_it_reads() {
        var wire = bench.connect();
        wire.socket.block();

        bench.server.emit(SECRET, "x".repeat(6_000));
        bench.server.emit(SECRET, "x".repeat(6_000));

        assertEnded(CloseReason.SLOW_READER, "maxBufferedBytes is 10000");
    }

    @Test
    void more_than_it_may_be_told_before_its_connection_listeners_have_run() {
        bench.server.of("/").onConnect(socket -> bench.server.emit(SECRET, "x".repeat(20_000)));

        bench.open().say("40");

        assertEnded(CloseReason.SLOW_READER, "maxBufferedBytes is 10000");
    }

    @Test
    void no_pong() {
        bench.connect();

        bench.time.advance(Duration.ofMinutes(11));

        assertEnded(CloseReason.PING_TIMEOUT, "pingTimeout is 20000 ms");
    }

    @Test
    void no_namespace() {
        bench.open();

        bench.time.advance(Duration.ofSeconds(45));

        assertEnded(CloseReason.FORCED_CLOSE, "connectTimeout is 45000 ms");
    }

    @Test
    void a_message_that_is_too_large() {
        bench.connect().tooLarge();

        assertEnded(CloseReason.TRANSPORT_ERROR, "maxHttpBufferSize is 1000000");
    }

    @Test
    void a_rule_of_the_transport() {
        bench.connect().fail("a frame without a mask");

        assertEnded(CloseReason.TRANSPORT_ERROR, "a frame without a mask");
    }

    @Test
    void a_second_get() {
        var sid = poll();
        bench.engine().handle(FakeExchange.get("EIO=4", "transport=polling", "sid=" + sid));
        bench.engine().handle(FakeExchange.get("EIO=4", "transport=polling", "sid=" + sid));

        assertEnded("polling", CloseReason.TRANSPORT_ERROR, "a second GET while one waits");
    }

    @Test
    void a_second_post() {
        var sid = poll();
        bench.engine().handle(FakeExchange.slowPost("EIO=4", "transport=polling", "sid=" + sid));
        post(sid, "4" + SECRET);

        assertEnded("polling", CloseReason.TRANSPORT_ERROR, "a second POST while one is read");
    }

    @Test
    void a_payload_that_is_none() {
        post(poll(), SECRET);

        assertEnded("polling", CloseReason.PARSE_ERROR, "unknown packet type");
    }

    @Test
    void nothing_is_said_of_who_leaves_or_is_sent_away() {
        bench.connect().vanish();
        bench.connect().say("1");
        var gone = poll();
        var slow = FakeExchange.slowPost("EIO=4", "transport=polling", "sid=" + gone);
        bench.engine().handle(slow);
        slow.arrive(new HttpExchange.Body.Broken());
        bench.connect();
        bench.server.disconnectSockets(true);
        bench.connect();
        bench.server.close();

        assertThat(closed).hasSize(5);
        assertThat(log.lines()).isEmpty();
    }
}
