package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Frames;
import dev.parley.socketio.testkit.Peer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A packet is one map in one binary message; bytes are those of the reference server's msgpack parser. */
@Conformance
class MsgPackIT {

    /** {@code {type:0,nsp:"/"}} */
    private static final String CONNECT = "82a47479706500a36e7370a12f";

    private static final String CONNECT_BYTES = "82a47479706500a36e7370a6" + text("/bytes");
    private static final String EVENT_BYTES = "83a47479706502a36e7370a6" + text("/bytes") + "a464617461";

    private final Peer peer = Server.at("/msgpack/");

    @Test
    void the_handshake_stays_text_and_connect_is_a_map() {
        var frames = peer.webSocket().answeringPings();

        send(frames, CONNECT);

        assertThat(next(frames)).matches("83a47479706500a36e7370a12fa46461746181a3736964b4[0-9a-f]{40}");
        assertThat(next(frames)).isEqualTo("83a47479706502a36e7370a12fa46461746192a46175746880");
    }

    @Test
    void text_numbers_and_bytes_come_back() {
        var frames = joined();

        send(frames, "83a47479706502a36e7370a12fa46461746193a7" + text("message") + "01c4020102");

        assertThat(next(frames))
                .isEqualTo("83a47479706502a36e7370a12fa46461746193ac" + text("message-back") + "01c4020102");
    }

    @Test
    void an_event_is_written_byte_for_byte() {
        var frames = inBytes();

        send(frames, EVENT_BYTES + "93a568656c6c6f01c4020102");

        assertThat(next(frames)).isEqualTo(EVENT_BYTES + "93a568656c6c6f01c4020102");
    }

    @Test
    void a_disconnect_has_no_data() {
        var frames = inBytes();

        send(frames, EVENT_BYTES + "91a5" + text("leave"));

        assertThat(next(frames)).isEqualTo("82a47479706501a36e7370a6" + text("/bytes"));
    }

    @Test
    void an_acknowledgement_carries_the_id() {
        var frames = joined();

        send(frames, "84a47479706502a36e7370a12fa46461746192b0" + text("message-with-ack") + "05a2696407");

        assertThat(next(frames)).isEqualTo("84a47479706503a36e7370a12fa4646174619105a2696407");
    }

    @Test
    void an_unknown_namespace_is_refused() {
        var frames = peer.webSocket().answeringPings();

        send(frames, "82a47479706500a36e7370a3" + text("/no"));

        assertThat(next(frames))
                .isEqualTo("83a47479706504a36e7370a3" + text("/no") + "a46461746181a7" + text("message") + "b1"
                        + text("Invalid namespace"));
    }

    @ParameterizedTest
    @CsvSource({
        "a type that is none, 82a47479706507a36e7370a12f",
        "a binary type, 83a47479706505a36e7370a12fa46461746191a161",
        "an error, 82a47479706504a36e7370a12f",
        "a namespace that is a number, 82a47479706502a36e737001",
        "data that is no array, 83a47479706502a36e7370a12fa46461746180",
        "no event name, 83a47479706502a36e7370a12fa46461746190",
        "a reserved name, 83a47479706502a36e7370a12fa46461746191a7636f6e6e656374",
        "no map, 93010203",
        "too short, 83a474797065",
        "too long, 82a47479706502a36e7370a12f00",
        "nothing known, c1",
    })
    void what_breaks_the_rules_closes(String what, String packet) {
        var frames = joined();

        send(frames, packet);

        assertThat(frames.closeCode()).as(what).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "42[\"message\"]"})
    void text_is_no_packet_here(String message) {
        var frames = joined();

        frames.send(message);

        assertThat(frames.closeCode()).isPositive();
    }

    @Test
    void over_polling_a_packet_is_base64() {
        var session = peer.polling();

        session.push(base64(CONNECT));
        var connected = session.poll().body();
        session.push(
                base64("84a47479706502a36e7370a12fa46461746192b0" + text("message-with-ack") + "c4020102a2696407"));

        assertThat(connected).matches("b[\\w+/]+=*(\u001eb[\\w+/]+=*)?");
        var answer = base64("84a47479706503a36e7370a12fa46461746191c4020102a2696407");
        var heard = session.poll().body();
        assertThat(heard.endsWith(answer) ? heard : session.poll().body()).endsWith(answer);
    }

    private static String base64(String hex) {
        return "b" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private Frames joined() {
        var frames = peer.webSocket().answeringPings();
        send(frames, CONNECT);
        next(frames);
        next(frames);
        return frames;
    }

    private Frames inBytes() {
        var frames = peer.webSocket().answeringPings();
        send(frames, CONNECT_BYTES);
        next(frames);
        return frames;
    }

    private static void send(Frames frames, String hex) {
        frames.send(HexFormat.of().parseHex(hex));
    }

    private static String next(Frames frames) {
        return HexFormat.of().formatHex(frames.nextBinary());
    }

    private static String text(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
