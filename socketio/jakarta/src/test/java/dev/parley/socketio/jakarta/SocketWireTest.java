package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Frames;
import dev.parley.socketio.testkit.Peer;
import dev.parley.socketio.testkit.WebApplication;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket.IO packets as bytes on a WebSocket: what is answered, what is ignored, what closes the connection. */
class SocketWireTest {

    private static WebApplication server;
    private static Peer peer;

    @BeforeAll
    static void start() throws Exception {
        server = Sample.start(Map.of("connect-timeout", "1000"));
        peer = new Peer(server.uri(), "/socket.io/");
    }

    @AfterAll
    static void stop() throws Exception {
        peer.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40[1]",
                "40null",
                "40custom,",
                "42[\"echo\"]",
                "42/admin,[\"where\"]",
                "430[1]",
                "41/admin,",
                "4abc",
                "4",
                "49",
                "abc",
                "2"
            })
    void closes_on_what_cannot_come_before_a_connect(String frame) throws Exception {
        try (Frames socket = peer.webSocket()) {
            socket.send(frame);

            socket.nextClose();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40",
                "40{\"name\":\"ada\"}",
                "42/admin,[\"where\"]",
                "42/unknown,[\"echo\"]",
                "44",
                "44{\"message\":\"no\"}",
                "42[]",
                "42[null]",
                "42[{}]",
                "42[true]",
                "42{}",
                "42[\"echo\"",
                "42abc[\"echo\"]",
                "41{\"a\":1}",
                "430{}",
                "49",
                "42[\"connect\"]",
                "42[\"connect_error\"]",
                "42[\"disconnect\"]",
                "42[\"disconnecting\"]",
                "42[\"newListener\"]",
                "42[\"removeListener\"]",
                "450-[\"echo\"]",
                "45[\"echo\"]",
                "451-[\"echo\"]",
                "4511-[\"echo\"]",
                "45x-[\"echo\"]"
            })
    void closes_on_what_no_connected_client_may_send(String frame) throws Exception {
        try (Frames socket = connect()) {
            socket.send(frame);
            if (frame.equals("451-[\"echo\"]")) {
                socket.send("42[\"echo\"]"); // where an attachment belongs
            }

            socket.nextClose();
        }
    }

    @Test
    void closes_on_a_placeholder_without_its_attachment() throws Exception {
        try (Frames socket = connect()) {
            socket.send("451-[\"reverse\",{\"_placeholder\":true,\"num\":1}]").send((byte) 1);

            socket.nextClose();
        }
    }

    @Test
    void closes_on_binary_that_nothing_announced() throws Exception {
        try (Frames socket = connect()) {
            socket.send((byte) 1, (byte) 2);

            socket.nextClose();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "4399[1]", "42[1,2]", "3", "6", "0"})
    void ignores(String frame) throws Exception {
        try (Frames socket = connect()) {
            socket.send(frame).send("427[\"add\",{\"a\":1,\"b\":2}]");

            assertThat(socket.next()).isEqualTo("437[3]");
        }
    }

    @Test
    void closes_a_connection_that_joins_no_namespace() throws Exception {
        try (Frames socket = peer.webSocket()) {
            socket.nextClose();
        }
    }

    @Test
    void refuses_with_message_and_data_and_keeps_the_connection() throws Exception {
        try (Frames socket = peer.webSocket()) {
            socket.send("40");
            assertThat(socket.next()).isEqualTo("44{\"message\":\"who are you?\",\"data\":{\"code\":\"no_name\"}}");

            socket.send("40/random");
            assertThat(socket.next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
            socket.send("40/custom?a=b,");
            assertThat(socket.next()).isEqualTo("44/custom?a=b,{\"message\":\"Invalid namespace\"}");

            socket.send("40/admin,{\"name\":\"ada\"}");
            assertThat(socket.next()).asString().matches("40/admin,\\{\"sid\":\"[^\"]+\"\\}");
            socket.send("42/admin,0[\"where\"]");
            assertThat(socket.next()).isEqualTo("43/admin,0[\"/admin\"]");
        }
    }

    @Test
    void closes_when_a_refused_client_speaks() throws Exception {
        try (Frames socket = peer.webSocket()) {
            socket.send("40");
            socket.next();
            socket.send("42[\"echo\"]");

            socket.nextClose();
        }
    }

    @Test
    void lets_a_client_leave_a_namespace_and_come_back_with_a_new_id() throws Exception {
        try (Frames socket = peer.webSocket()) {
            socket.send("40{\"name\":\"ada\"}");
            Object first = socket.next();
            socket.next();
            socket.send("41").send("40{\"name\":\"ada\"}");

            assertThat(socket.next()).asString().startsWith("40{\"sid\":").isNotEqualTo(first);
            assertThat(socket.next()).isEqualTo("42[\"welcome\",\"ada\"]");
        }
    }

    @Test
    void closes_when_a_client_speaks_in_a_namespace_it_left() throws Exception {
        try (Frames socket = connect()) {
            socket.send("41").send("42[\"echo\"]");

            socket.nextClose();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,\"2\",{\"3\":[true]}",
                "{\"z\":1,\"a\":{\"y\":null,\"b\":[]}}",
                "{\"_placeholder\":true,\"num\":0}",
                "\"ä€😀\u2028\\\"\\\\\\n\"",
                "-0.5,123456789012345,0",
                "null"
            })
    void gives_back_arguments_byte_by_byte(String arguments) throws Exception {
        try (Frames socket = connect()) {
            socket.send("42456[\"echo\"," + arguments + "]");

            assertThat(socket.next()).isEqualTo("43456[" + arguments + "]");
            assertThat(socket.next()).isEqualTo("42[\"echoed\"," + arguments + "]");
        }
    }

    @Test
    void writes_no_fraction_where_there_is_none() throws Exception {
        try (Frames socket = connect()) {
            socket.send("421[\"add\",{\"a\":1,\"b\":2}]");

            assertThat(socket.next()).isEqualTo("431[3]");
        }
    }

    @Test
    void rebuilds_binary_and_numbers_its_own_from_zero() throws Exception {
        try (Frames socket = connect()) {
            socket.send("451-789[\"reverse\",{\"_placeholder\":true,\"num\":0}]")
                    .send((byte) 1, (byte) 2);

            assertThat(socket.next())
                    .isEqualTo(
                            "452-[\"reversed\",{\"_placeholder\":true,\"num\":0},{\"again\":[{\"_placeholder\":true,\"num\":1}]}]");
            assertThat(socket.nextBinary()).isEqualTo(new byte[] {2, 1});
            assertThat(socket.nextBinary()).isEqualTo(new byte[] {2, 1});
            assertThat(socket.next()).isEqualTo("461-789[{\"reversed\":{\"_placeholder\":true,\"num\":0}}]");
            assertThat(socket.nextBinary()).isEqualTo(new byte[] {2, 1});
        }
    }

    @Test
    void counts_its_own_acknowledgements_from_zero() throws Exception {
        try (Frames socket = connect()) {
            socket.send("425[\"ask me\"]");
            assertThat(socket.next()).isEqualTo("420[\"question\",\"how are you?\"]");
            socket.send("430[\"fine\"]");
            assertThat(socket.next()).isEqualTo("435[\"fine\"]");

            socket.send("425[\"ask me\"]");
            assertThat(socket.next()).isEqualTo("421[\"question\",\"how are you?\"]");
        }
    }

    @Test
    void says_disconnect_and_keeps_or_closes_the_connection() throws Exception {
        try (Frames socket = connect()) {
            socket.send("42[\"bye\",false]");
            assertThat(socket.next()).isEqualTo("41");

            socket.send("40{\"name\":\"ada\"}");
            socket.next();
            socket.next();
            socket.send("42[\"bye\",true]");
            socket.closeCode(); // the farewell may be lost with the connection
        }
    }

    /** After CONNECT to the sample's main namespace, its welcome heard. */
    private static Frames connect() {
        Frames socket = peer.webSocket();
        socket.send("40{\"name\":\"ada\"}");
        assertThat(socket.next()).matches("40\\{\"sid\":\"[^\"]+\"\\}");
        assertThat(socket.next()).isEqualTo("42[\"welcome\",\"ada\"]");
        return socket;
    }
}
