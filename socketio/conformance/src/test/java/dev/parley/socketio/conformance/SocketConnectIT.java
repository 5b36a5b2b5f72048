package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Peer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Joining and leaving namespaces. */
@Conformance
class SocketConnectIT {

    private final Peer peer = Server.at("/patient/socket.io/");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40                         | 40         | 42[\"auth\",{}]",
                "40{\"token\":\"abc\"}         | 40         | 42[\"auth\",{\"token\":\"abc\"}]",
                "40/custom,                 | 40/custom, | 42/custom,[\"auth\",{}]",
                "40/custom                  | 40/custom, | 42/custom,[\"auth\",{}]",
                "40/custom,{\"token\":\"abc\"} | 40/custom, | 42/custom,[\"auth\",{\"token\":\"abc\"}]",
            })
    void a_client_joins_and_hears_what_the_handler_says_after_that(String connect, String answer, String event) {
        var frames = peer.webSocket().answeringPings();

        frames.send(connect);

        assertThat(frames.next()).matches(answer.replace("/", "\\/") + "\\{\"sid\":\"[\\w-]{20}\"}");
        assertThat(frames.next()).isEqualTo(event);
    }

    @Test
    void the_id_of_a_socket_is_not_the_secret_of_its_session() {
        var frames = peer.webSocket("?EIO=4&transport=websocket").answeringPings();
        var session = Peer.sid(frames.next());

        frames.send("40");

        assertThat(frames.next()).doesNotContain(session);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40/random                | 44/random,{\"message\":\"Invalid namespace\"}",
                "40/random,               | 44/random,{\"message\":\"Invalid namespace\"}",
                "40/random,{\"token\":\"a\"} | 44/random,{\"message\":\"Invalid namespace\"}",
                "40/custom?a=b,           | 44/custom?a=b,{\"message\":\"Invalid namespace\"}",
            })
    void an_unknown_namespace_is_refused_and_the_connection_stays(String connect, String refusal) {
        var frames = peer.webSocket().answeringPings();

        assertThat(frames.send(connect).next()).isEqualTo(refusal);

        assertThat(frames.send("40").next()).startsWith("40{\"sid\":");
    }

    @Test
    @Timed
    void a_client_that_joins_no_namespace_is_closed_in_time() {
        var frames = Server.at("/socket.io/").webSocket().answeringPings();
        long began = System.nanoTime();

        assertThat(frames.closeCode()).isPositive();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4abc", "40[1]", "40null", "40custom,", "44/custom,{}", "42[\"message\"]", "41", "49", "4"})
    void what_is_no_connect_closes_a_connection_that_has_joined_nothing(String packet) {
        var frames = peer.webSocket().answeringPings();

        frames.send(packet);

        assertThat(frames.closeCode()).isPositive();
    }

    @Test
    void a_second_connect_to_the_same_namespace_closes() {
        var frames = Server.joined(peer);

        frames.send("40");

        assertThat(frames.closeCode()).isPositive();
    }

    @Test
    @Timed
    void leaving_the_main_namespace_keeps_the_connection() {
        var frames = Server.at("/socket.io/").webSocket();
        frames.send("40");
        assertThat(frames.next()).startsWith("40");
        assertThat(frames.next()).startsWith("42");

        frames.send("41");

        assertThat(frames.next()).isEqualTo("2");
    }

    @Test
    void leaving_a_namespace_leaves_the_others_alone() {
        var frames = Server.joined(peer);
        frames.send("40/custom,");
        frames.next();
        frames.next();

        frames.send("41/custom,").send("42[\"message\",\"a\"]");

        assertThat(frames.next()).isEqualTo("42[\"message-back\",\"a\"]");
    }

    @Test
    void who_left_may_join_again_under_another_id() {
        var frames = peer.webSocket().answeringPings();
        var first = frames.send("40").next();
        frames.next();

        var second = frames.send("41").send("40").next();

        assertThat(second).startsWith("40{\"sid\":").isNotEqualTo(first);
    }

    @Test
    void an_event_after_leaving_closes() {
        var frames = Server.joined(peer);

        frames.send("41").send("42[\"message\"]");

        assertThat(frames.closeCode()).isPositive();
    }

    @Test
    void an_event_for_a_namespace_never_joined_closes() {
        var frames = Server.joined(peer);

        frames.send("42/custom,[\"message\"]");

        assertThat(frames.closeCode()).isPositive();
    }
}
