package dev.parley.socketio.jakarta.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.socketio.testkit.Frames;
import dev.parley.socketio.testkit.Peer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO and Socket.IO over a WebSocket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSocketTest {

    private static final String QUERY = "?EIO=4&transport=websocket";

    private TestDoor door;

    @BeforeAll
    void open() {
        door = new TestDoor(options -> options.maxHttpBufferSize(100_000));
    }

    @AfterAll
    void close() throws Exception {
        door.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42[\"message\",1,\"2\",{\"3\":[true]}]    | 42[\"message-back\",1,\"2\",{\"3\":[true]}]",
                "42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}] | 43456[1,\"2\",{\"3\":[false]}]",
            })
    void echoes_byte_for_byte(String sent, String received) {
        assertThat(connected().send(sent).next()).isEqualTo(received);
    }

    @Test
    void echoes_binary_data() {
        var frames = connected();

        frames.send("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                .send((byte) 1, (byte) 2)
                .send((byte) 3);

        assertThat(frames.next())
                .isEqualTo(
                        "452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        assertThat(frames.nextBinary()).containsExactly(1, 2);
        assertThat(frames.nextBinary()).containsExactly(3);
    }

    @Test
    void acknowledges_with_binary_data() {
        var frames = connected();

        frames.send("451-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]")
                .send((byte) 9);

        assertThat(frames.next()).isEqualTo("461-789[{\"_placeholder\":true,\"num\":0}]");
        assertThat(frames.nextBinary()).containsExactly(9);
    }

    @Test
    void connects_to_another_namespace_with_a_payload() {
        var frames = opened().send("40/custom,{\"token\":\"abc\"}");

        assertThat(frames.next()).matches("40/custom,\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}");
        assertThat(frames.next()).isEqualTo("42/custom,[\"auth\",{\"token\":\"abc\"}]");
    }

    @Test
    void gives_the_socket_another_id_than_the_session() {
        var frames = door.peer().webSocket(QUERY);
        var session = Peer.sid(frames.next());

        assertThat(frames.send("40").next()).doesNotContain(session);
    }

    @Test
    void refuses_unknown_namespaces_and_keeps_the_connection() {
        var frames = opened();

        assertThat(frames.send("40/random").next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        assertThat(frames.send("40").next()).startsWith("40{\"sid\"");
    }

    @Test
    void lets_a_client_leave_one_namespace_and_stay_in_another() {
        var frames = connected().send("40/custom,");
        assertThat(frames.next()).startsWith("40/custom,");
        assertThat(frames.next()).startsWith("42/custom,");

        frames.send("41/custom,").send("42[\"message\",1]");

        assertThat(frames.next()).isEqualTo("42[\"message-back\",1]");
    }

    @Test
    void connects_anew_after_leaving() {
        var frames = connected();

        assertThat(frames.send("41").send("40").next()).startsWith("40{\"sid\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"abc", "2", "4abc", "42{}", "42abc[]", "4", "40", "42/custom,[\"a\"]", "44{}", "450-[\"a\"]"})
    void closes_on_a_broken_rule(String sent) {
        assertThat(connected().send(sent).closeCode()).isEqualTo(1008);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42[\"message\"]", "4abc", "40[1]", "41", "450-"})
    void closes_on_anything_but_connect_at_first(String sent) {
        assertThat(opened().send(sent).closeCode()).isEqualTo(1008);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "5", "6"})
    void ignores_packets_that_mean_nothing_here(String sent) {
        assertThat(connected().send(sent).send("42[\"message\",1]").next()).isEqualTo("42[\"message-back\",1]");
    }

    @Test
    void closes_a_client_that_joins_no_namespace() {
        assertThat(opened().closeCode()).isEqualTo(1000);
    }

    @Test
    void closes_at_once_on_a_close_packet() {
        assertThat(connected().send("1").closeCode()).isEqualTo(1000);
    }

    @Test
    void closes_with_1009_on_a_message_that_is_too_large() {
        assertThat(connected().send("4" + "x".repeat(100_000)).closeCode()).isEqualTo(1009);
    }

    @Test
    void takes_large_messages_below_the_limit() {
        var text = "é".repeat(45_000);

        assertThat(connected().send("42[\"message\",\"" + text + "\"]").next())
                .isEqualTo("42[\"message-back\",\"" + text + "\"]");
    }

    @Test
    void takes_base64_in_a_text_frame() {
        var frames = connected()
                .send("451-[\"message\",{\"_placeholder\":true,\"num\":0}]")
                .send("bAQI=");

        frames.next();
        assertThat(frames.nextBinary()).containsExactly(1, 2);
    }

    @Test
    void pings_and_closes_who_does_not_answer() throws Exception {
        try (var quick = new TestDoor(
                options -> options.pingInterval(Duration.ofMillis(300)).pingTimeout(Duration.ofMillis(1000)))) {
            var frames = quick.peer().webSocket(QUERY);
            frames.next();
            frames.send("40");
            frames.next();
            frames.next();
            for (int i = 0; i < 3; i++) {
                assertThat(frames.next()).isEqualTo("2");
                frames.send("3");
            }

            assertThat(frames.next()).isEqualTo("2");
            assertThat(frames.closeCode()).isEqualTo(1000);
            await().until(() -> quick.engine().sessionCount() == 0);
        }
    }

    @Test
    void says_goodbye_when_the_server_closes() throws Exception {
        var mortal = new TestDoor(options -> {});
        var frames = mortal.peer().webSocket(QUERY);
        frames.next();

        mortal.server().close();

        assertThat(frames.closeCode()).isEqualTo(1001);
        assertThat(mortal.peer().get("?EIO=4&transport=polling").statusCode()).isEqualTo(503);
        mortal.close();
    }

    @Test
    void forgets_clients_that_vanish() {
        var frames = connected();
        int before = door.engine().sessionCount();

        frames.abort();

        await().until(() -> door.engine().sessionCount() < before);
    }

    private Frames opened() {
        var frames = door.peer().webSocket(QUERY);
        assertThat(frames.next()).startsWith("0{");
        return frames;
    }

    private Frames connected() {
        var frames = opened().send("40");
        assertThat(frames.next()).startsWith("40{\"sid\"");
        assertThat(frames.next()).isEqualTo("42[\"auth\",{}]");
        return frames;
    }
}
