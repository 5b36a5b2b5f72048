package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events and acknowledgements, byte for byte. */
@Conformance
@ParameterizedClass
@ValueSource(strings = {"/patient/", "/standard/"})
class SocketMessagesIT {

    private final Peer peer;

    SocketMessagesIT(String base) {
        this.peer = Server.at(base + "socket.io/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42[\"message\",1,\"2\",{\"3\":[true]}] | 42[\"message-back\",1,\"2\",{\"3\":[true]}]",
                "42[\"message\"]                     | 42[\"message-back\"]",
                "42[\"message\",null,[],{},\"\"]       | 42[\"message-back\",null,[],{},\"\"]",
                "42[\"message\",{\"b\":1,\"a\":2}]       | 42[\"message-back\",{\"b\":1,\"a\":2}]",
                "42[\"message\",\"é€😀\"]               | 42[\"message-back\",\"é€😀\"]",
                "42[\"message\",\"\\u0000\\n\\\"\"]      | 42[\"message-back\",\"\\u0000\\n\\\"\"]",
                "42[\"message\", 1 ,\t2 ]             | 42[\"message-back\",1,2]",
                "42[\"message\",1.0,1e21,-0]          | 42[\"message-back\",1,1e+21,0]",
                "42[\"message\",0.1,1e-7,1.5e300]     | 42[\"message-back\",0.1,1e-7,1.5e+300]",
                "42[\"message\",{\"a\":1,\"b\":2,\"a\":3}] | 42[\"message-back\",{\"a\":3,\"b\":2}]",
                "42[\"message\",{\"_placeholder\":true,\"num\":0}] | 42[\"message-back\",{\"_placeholder\":true,\"num\":0}]",
                "42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}] | 43456[1,\"2\",{\"3\":[false]}]",
                "420[\"message-with-ack\"]            | 430[]",
                "42[\"message\",\"\u2028\u2029\"]       | 42[\"message-back\",\"\u2028\u2029\"]",
                "429007199254740991[\"message-with-ack\"] | 439007199254740991[]",
            })
    void a_message_comes_back(String message, String answer) {
        var frames = Server.joined(peer);

        assertThat(frames.send(message).next()).isEqualTo(answer);
    }

    @Test
    void binary_attachments_come_back() {
        var frames = Server.joined(peer);

        frames.send("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"a\":[{\"_placeholder\":true,\"num\":1}]}]")
                .send(new byte[] {1, 2, 3})
                .send(new byte[] {4, 5});

        assertThat(frames.next())
                .isEqualTo("452-[\"message-back\",{\"_placeholder\":true,\"num\":0},"
                        + "{\"a\":[{\"_placeholder\":true,\"num\":1}]}]");
        assertThat(frames.nextBinary()).containsExactly(1, 2, 3);
        assertThat(frames.nextBinary()).containsExactly(4, 5);
    }

    @Test
    void attachments_are_numbered_anew_as_they_are_met() {
        var frames = Server.joined(peer);

        frames.send("452-[\"message\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]")
                .send(new byte[] {1})
                .send(new byte[] {2});

        assertThat(frames.next())
                .isEqualTo(
                        "452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        assertThat(frames.nextBinary()).containsExactly(2);
        assertThat(frames.nextBinary()).containsExactly(1);
    }

    @Test
    void an_acknowledgement_carries_attachments_too() {
        var frames = Server.joined(peer);

        frames.send("452-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                .send(new byte[] {1, 2, 3})
                .send(new byte[] {4, 5});

        assertThat(frames.next())
                .isEqualTo("462-789[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        assertThat(frames.nextBinary()).containsExactly(1, 2, 3);
        assertThat(frames.nextBinary()).containsExactly(4, 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4abc",
                "42{}",
                "42abc[\"message-with-ack\",1]",
                "42[]",
                "42[null]",
                "42[{}]",
                "42[[]]",
                "42[\"message\"",
                "42[\"message\"]x",
                "42\"message\"",
                "41{}",
                "49",
                "4",
                "44{\"message\":\"no\"}",
                "430{}",
                "42[\"connect\"]",
                "42[\"connect_error\"]",
                "42[\"disconnect\"]",
                "42[\"disconnecting\"]",
                "42[\"newListener\"]",
                "42[\"removeListener\"]",
                "450-[\"message\"]",
                "460-1[]",
                "45[\"message\"]",
                "4511-[\"message\"]",
                "45x-[\"message\"]",
                "45-1-[\"message\"]",
            })
    void what_breaks_the_rules_closes(String packet) {
        var frames = Server.joined(peer);

        frames.send(packet);

        assertThat(frames.closeCode()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "4399[1]", "42[1,2]", "42[\"nobody listens\"]", "42/,[\"message-of-nobody\"]"})
    void what_nobody_waits_for_is_ignored(String packet) {
        var frames = Server.joined(peer);

        frames.send(packet).send("42[\"message\",\"still here\"]");

        assertThat(frames.next()).isEqualTo("42[\"message-back\",\"still here\"]");
    }

    @Test
    void a_placeholder_without_its_attachment_closes() {
        var frames = Server.joined(peer);

        frames.send("451-[\"message\",{\"_placeholder\":true,\"num\":1}]").send(new byte[] {1});

        assertThat(frames.closeCode()).isPositive();
    }

    @Test
    void text_while_attachments_are_pending_closes() {
        var frames = Server.joined(peer);

        frames.send("451-[\"message\",{\"_placeholder\":true,\"num\":0}]").send("42[\"message\"]");

        assertThat(frames.closeCode()).isPositive();
    }

    @Test
    void an_attachment_that_nobody_announced_closes() {
        var frames = Server.joined(peer);

        frames.send(new byte[] {1});

        assertThat(frames.closeCode()).isPositive();
    }
}
