package dev.parley.socketio.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What only an enemy sends costs him his connection, and his neighbour at the same address nothing. */
@Tag("server")
@Timeout(60)
class HostileClientTest {

    private static final int LIMIT = 200_000;

    private final Target target = new Target(
            engine -> engine.pingInterval(Duration.ofSeconds(2))
                    .pingTimeout(Duration.ofSeconds(2))
                    .upgradeTimeout(Duration.ofSeconds(2))
                    .maxHttpBufferSize(LIMIT)
                    .maxBufferedBytes(1 << 20)
                    .maxInboundBytes(4 << 20),
            server -> server.connectTimeout(Duration.ofSeconds(2)));
    private final List<Wire> wires = new ArrayList<>();
    private Wire neighbour;

    HostileClientTest() {
        target.server()
                .of("/")
                .onConnect(socket -> socket.on(
                        "echo",
                        event -> event.acknowledgement().send(event.arguments().size())));
    }

    @BeforeEach
    void neighbour() {
        neighbour = joined();
    }

    @AfterEach
    void close() {
        wires.forEach(Wire::close);
        target.close();
    }

    private Wire keep(Wire wire) {
        wires.add(wire);
        return wire;
    }

    private Wire open() {
        return keep(new Wire(target.port()));
    }

    private Wire joined() {
        return keep(Wire.joined(target.port()));
    }

    private static void works(Wire wire) {
        wire.say("427[\"echo\",1]");
        assertThat(wire.until("43")).isEqualTo("437[1]");
    }

    // ---- packets

    @ParameterizedTest
    @MethodSource
    void ends_its_connection_and_no_other(String name, byte[] bytes) {
        var enemy = joined();

        try {
            enemy.raw(bytes);
        } catch (UncheckedIOException e) {
            // closed while it was still talking
        }

        assertThat(enemy.isClosed()).isTrue();
        works(neighbour);
        await().untilAsserted(() ->
                assertThat(target.server().engine().sessionCount()).isOne());
    }

    static Stream<Arguments> ends_its_connection_and_no_other() {
        return Stream.of(
                text("no packet", "nonsense"),
                text("a ping of a client", "2"),
                text("no packet of Socket.IO", "4x"),
                text("broken JSON", "42[\"a\""),
                text("deep nesting", "42[\"a\"," + "[".repeat(90_000) + "]".repeat(90_000) + "]"),
                text("a long number", "42[\"a\"," + "9".repeat(100_000) + "]"),
                text("too many attachments", "4511-[\"a\"]"),
                text("an immense ack id", "42" + "9".repeat(100_000) + "[\"a\"]"),
                text("a reserved name", "42[\"disconnect\"]"),
                text("CONNECT twice", "40"),
                Arguments.of("an attachment alone", Wire.encoded(0x82, new byte[10])),
                Arguments.of(
                        "text where an attachment must follow",
                        both(
                                Wire.encoded(0x81, ascii("451-[\"a\",{\"_placeholder\":true,\"num\":0}]")),
                                Wire.encoded(0x81, ascii("42[\"b\"]")))),
                Arguments.of("too much", Wire.encoded(0x81, ascii("42[\"a\",\"" + "x".repeat(LIMIT) + "\"]"))),
                Arguments.of("too much in binary", Wire.encoded(0x82, new byte[LIMIT + 1])),
                Arguments.of(
                        "text that is not UTF-8", Wire.encoded(0x81, new byte[] {'4', '2', (byte) 0xff, (byte) 0xc0})),
                Arguments.of("a reserved bit", Wire.encoded(0xc1, ascii("42[\"a\"]"))),
                Arguments.of("an unknown opcode", Wire.encoded(0x83, ascii("42[\"a\"]"))),
                Arguments.of("a continuation of nothing", Wire.encoded(0x80, ascii("42[\"a\"]"))),
                Arguments.of(
                        "a new message within another",
                        both(Wire.encoded(0x01, ascii("42[")), Wire.encoded(0x81, ascii("42[\"a\"]")))),
                Arguments.of("a ping in fragments", Wire.encoded(0x09, new byte[0])),
                Arguments.of("a ping too long", Wire.encoded(0x89, new byte[126])),
                Arguments.of("an unmasked frame", new byte[] {(byte) 0x81, 2, '4', '2'}),
                Arguments.of(
                        "a negative length",
                        new byte[] {(byte) 0x82, (byte) 0xff, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, '4'}));
    }

    private static Arguments text(String name, String packet) {
        return Arguments.of(name, Wire.encoded(0x81, ascii(packet)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] both(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void takes_what_is_odd_but_allowed() {
        var odd = joined();

        odd.say("42[\"" + "n".repeat(LIMIT / 2) + "\"]"); // an event that nobody listens to
        odd.say("42[\"a\",{" + "\"k\":1,".repeat(10_000) + "\"k\":2}]");
        odd.say("420[7]");
        for (int i = 0; i < 5000; i++) {
            odd.say("43" + i + "[1]"); // answers to what nobody asked
        }

        works(odd);
    }

    @Test
    void a_message_in_tiny_fragments_is_still_one_message() {
        var enemy = joined();
        var message = ascii("425[\"echo\",\"" + "x".repeat(20_000) + "\"]");
        var fragments = new ByteArrayOutputStream();
        for (int i = 0; i < message.length; i++) {
            int opcode = i == 0 ? 1 : 0;
            fragments.writeBytes(Wire.encoded((i == message.length - 1 ? 0x80 : 0) | opcode, new byte[] {message[i]}));
            if (i % 1000 == 0) {
                fragments.writeBytes(Wire.encoded(0x00, new byte[0]));
                fragments.writeBytes(Wire.encoded(0x89, new byte[0])); // control frames may come in between
            }
        }

        enemy.raw(fragments.toByteArray());

        assertThat(enemy.until("43")).isEqualTo("435[1]");
    }

    @Test
    void a_length_beyond_all_bounds_is_believed_by_nobody() {
        var enemy = joined();

        enemy.raw(new byte[] {(byte) 0x81, (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, '4'});

        works(neighbour);
        assertThat(target.buffers().out()).isLessThan(20);
        assertThat(enemy.isClosed()).isTrue(); // at once, or when it owes a pong
    }

    @Test
    void a_message_that_never_ends_is_too_long_some_time() {
        var enemy = joined();

        try {
            enemy.frame(0x01, ascii("42[\"a\",\""));
            for (int i = 0; i < 3 * LIMIT / 1000; i++) {
                enemy.frame(0x00, ascii("x".repeat(1000)));
            }
        } catch (UncheckedIOException e) {
            // closed while it was still talking
        }

        assertThat(enemy.isClosed()).isTrue();
        works(neighbour);
    }

    @Test
    void a_flood_of_pings_whose_pongs_nobody_reads_costs_no_memory() {
        var enemy = keep(Wire.joined(target.port(), 4096)).patience(3000);
        var pings = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            pings.writeBytes(Wire.encoded(0x89, new byte[125]));
        }
        var flood = pings.toByteArray();

        var sender = Thread.ofPlatform().daemon().start(() -> {
            try {
                for (int i = 0; i < 40; i++) {
                    enemy.raw(flood); // 52 MB in all; blocks when the server does not read on
                }
            } catch (UncheckedIOException e) {
                // closed by the server
            }
        });

        long most = 0;
        for (int i = 0; i < 30 && sender.isAlive(); i++) {
            works(neighbour);
            most = Math.max(most, target.buffers().out());
            pause(100);
        }
        assertThat(most * 8192L).as("bytes in the container's buffers").isLessThan(8 << 20);
    }

    @Test
    void namespaces_that_do_not_exist_leave_nothing() {
        var enemy = joined();

        for (int i = 0; i < 2000; i++) {
            enemy.say("40/none" + i + ",");
            enemy.until("44/none" + i + ",");
        }

        works(enemy);
        assertThat(target.traces().left()).containsEntry("sockets and rooms", 2);
    }

    // ---- handshakes and requests

    @Test
    void a_connection_that_joins_nothing_is_closed() {
        var enemy = keep(Wire.webSocket(target.port(), ""));

        assertThat(enemy.until("close")).startsWith("close");
        works(neighbour);
    }

    @Test
    void a_session_that_never_polls_is_forgotten() {
        for (int i = 0; i < 50; i++) {
            open().handshake();
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            works(neighbourAlive());
            return target.server().engine().sessionCount() == 1;
        });
        assertThat(target.traces().left()).containsEntry("clients", 1);
    }

    /** Answers the pings that came meanwhile. */
    private Wire neighbourAlive() {
        return neighbour.say("3");
    }

    @Test
    void a_body_that_never_ends_is_answered_when_its_session_is_over() {
        var sid = open().handshake();
        var slow = open();

        slow.raw("POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n4");

        assertThat(slow.response()).startsWith("400 ");
    }

    @Test
    void two_posts_at_once_end_the_session() {
        var sid = open().handshake();
        open().raw("POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n4");

        // from when the server has seen the one that never ends
        await().atMost(Duration.ofSeconds(20)).until(() -> open().post(sid, "3").startsWith("400"));

        assertThat(open().post(sid, "3")).startsWith("400"); // not this request alone: the session is gone
        works(neighbour);
    }

    @Test
    void a_post_beyond_the_limit_is_refused_without_being_read() {
        var sid = open().handshake();
        var enemy = open();

        enemy.raw("POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1500000\r\n\r\n4");

        assertThat(enemy.response()).isEqualTo("413 ");
        assertThat(open().post(sid, "3")).isEqualTo("200 ok");
    }

    @Test
    void a_flood_of_upgrades_of_one_session_leaves_one() {
        var sid = open().handshake();
        var first = keep(Wire.webSocket(target.port(), sid)).say("2probe");
        assertThat(first.until("3")).isEqualTo("3probe");

        for (int i = 0; i < 50; i++) {
            assertThat(keep(Wire.webSocket(target.port(), sid)).next()).startsWith("close");
        }

        first.say("5").say("40").until("40");
        works(first);
        assertThat(target.server().engine().sessionCount()).isEqualTo(2);
    }

    @Test
    void an_upgrade_that_stops_halfway_is_given_up() {
        var sid = open().handshake();
        var probe = keep(Wire.webSocket(target.port(), sid)).say("2probe");
        probe.until("3probe");

        assertThat(probe.next()).startsWith("close");
    }

    @Test
    void who_does_not_answer_a_close_is_cut_off() {
        var enemy = keep(Wire.joined(target.port())).patience(25_000);
        enemy.say("nonsense");
        assertThat(enemy.until("close")).isEqualTo("close 1008");

        assertThat(enemy.ends()).isTrue();
    }

    private static void pause(int milliseconds) {
        java.util.concurrent.locks.LockSupport.parkNanos(milliseconds * 1_000_000L);
    }
}
