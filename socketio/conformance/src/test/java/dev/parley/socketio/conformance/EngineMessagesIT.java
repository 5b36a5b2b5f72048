package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages there and back, over both transports. */
@Conformance
@ParameterizedClass
@ValueSource(strings = {"/patient/", "/standard/"})
class EngineMessagesIT {

    private final Peer peer;

    EngineMessagesIT(String base) {
        this.peer = Server.at(base + "engine.io/");
    }

    @ParameterizedTest
    @CsvSource({"4hello", "4test1\u001e4test2\u001e4test3", "4hello\u001ebAQIDBA==", "4é€😀", "4"})
    void what_is_posted_comes_back_in_one_payload_and_in_order(String payload) {
        var session = peer.polling();

        var ok = session.push(payload);

        assertThat(ok.statusCode()).isEqualTo(200);
        assertThat(ok.body()).isEqualTo("ok");
        assertThat(session.poll().body()).isEqualTo(payload);
    }

    @Test
    void all_that_was_queued_between_two_polls_comes_back_in_one_payload() {
        var session = peer.polling();

        session.push("4a");
        session.push("4b\u001e4c");
        session.push("bAQIDBA==");

        assertThat(session.poll().body()).isEqualTo("4a\u001e4b\u001e4c\u001ebAQIDBA==");
    }

    @Test
    void text_comes_back_over_a_web_socket() {
        var frames = peer.webSocket().answeringPings();

        assertThat(frames.send("4hello").next()).isEqualTo("4hello");
        assertThat(frames.send("4é€😀").next()).isEqualTo("4é€😀");
    }

    @Test
    void binary_data_comes_back_without_a_prefix() {
        var frames = peer.webSocket().answeringPings();

        assertThat(frames.send(new byte[] {1, 2, 3, 4}).nextBinary()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void base64_in_a_text_frame_is_binary_data() {
        var frames = peer.webSocket().answeringPings();

        assertThat(frames.send("bAQIDBA==").nextBinary()).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "7", "", "2", "4a\u001eabc", "\u001e4a", "b!"})
    void what_is_no_packet_ends_a_polling_session(String payload) {
        var session = peer.polling();

        var response = session.push(payload);

        // "2" is a packet, but pings are the server's: its POST may have been answered before
        assertThat(response.statusCode()).isIn(200, 400);
        assertThat(session.poll().statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "7", "2", "b!"})
    void what_is_no_packet_closes_a_web_socket(String message) {
        var frames = peer.webSocket();

        frames.send(message);

        assertThat(frames.closeCode()).isNotEqualTo(1011);
    }

    @Test
    void an_unasked_pong_and_packets_of_a_server_are_ignored() {
        var frames = peer.webSocket().answeringPings();

        frames.send("3").send("0").send("5").send("6").send("4still here");

        assertThat(frames.next()).isEqualTo("4still here");
    }

    @Test
    void a_message_of_exactly_the_limit_is_taken_and_a_longer_one_closes_with_1009() {
        var frames = peer.webSocket().answeringPings();
        var longest = "4" + "x".repeat(999_999);

        assertThat(frames.send(longest).next()).isEqualTo(longest);
        frames.send(longest + "x");

        assertThat(frames.closeCode()).isEqualTo(1009);
    }
}
