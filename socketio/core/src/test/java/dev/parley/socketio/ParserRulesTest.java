package dev.parley.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says to what a client sends, byte for byte as the reference server. */
class ParserRulesTest {

    private final Bench bench = new Bench();

    ParserRulesTest() {
        bench.server.of("/custom");
        bench.server.of("/deny").use(socket -> {
            throw new ConnectionRefused("not allowed", Map.of("code", 42));
        });
        bench.server.of("/").onConnect(socket -> {
            socket.onAny(event -> {
                if (event.acknowledgement().requested()) {
                    event.acknowledgement().send(event.arguments().toArray());
                } else {
                    socket.emit("back", event.arguments().toArray());
                }
            });
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40 | 40\\{\"sid\":\"[\\w-]{20}\"}",
                "40{\"token\":\"x\"} | 40\\{\"sid\":\"[\\w-]{20}\"}",
                "40/custom, | 40/custom,\\{\"sid\":\"[\\w-]{20}\"}",
                "40/custom | 40/custom,\\{\"sid\":\"[\\w-]{20}\"}",
                "40/custom?a=b, | 44/custom\\?a=b,\\{\"message\":\"Invalid namespace\"}",
                "40/nope | 44/nope,\\{\"message\":\"Invalid namespace\"}",
                "40/deny, | 44/deny,\\{\"message\":\"not allowed\",\"data\":\\{\"code\":42}}",
            })
    void answers_a_connect(String sent, String answer) {
        var wire = bench.open().say(sent);

        assertThat(wire.take()).singleElement().asString().matches(answer);
        assertThat(wire.socket.closeCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40[1]",
                "40null",
                "40custom,",
                "4abc",
                "4",
                "49",
                "42[\"a\"]",
                "42/custom,[\"a\"]",
                "431[]",
                "41",
                "44{\"message\":\"x\"}",
                "450-[\"a\"]"
            })
    void closes_a_connection_that_begins_like_that(String sent) {
        assertThat(bench.open().say(sent).socket.closeCode()).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40",
                "42[]",
                "42[null]",
                "42{}",
                "42[\"a\"",
                "42abc[\"a\"]",
                "41{\"a\":1}",
                "430{}",
                "44\"x\"",
                "450-[\"a\"]",
                "460-1[]",
                "45[\"a\"]",
                "4511-[\"a\"]",
                "42/other,[\"a\"]",
                "42[\"connect\"]",
                "42[\"disconnect\"]",
                "42[\"disconnecting\"]",
                "42[\"newListener\"]"
            })
    void closes_a_connection_that_goes_on_like_that(String sent) {
        assertThat(bench.connect().say(sent).socket.closeCode()).isNotZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42[\"a\",1,\"2\",{\"3\":[true]}] | 42[\"back\",1,\"2\",{\"3\":[true]}]",
                "42[1,2] | 42[\"back\",2]",
                "42456[\"a\",1] | 43456[1]",
                "429007199254740992[\"a\"] | 439007199254740992[]",
                "42[\"a\",1.0,1e21,-0,1e-7,0.1] | 42[\"back\",1,1e+21,0,1e-7,0.1]",
                "42[\"a\",{\"b\":1,\"c\":2,\"b\":3}] | 42[\"back\",{\"b\":3,\"c\":2}]",
                "42[\"a\",{\"_placeholder\":true,\"num\":0}] | 42[\"back\",{\"_placeholder\":true,\"num\":0}]",
                "42[\"a\",\"\u2028é😀\"] | 42[\"back\",\"\u2028é😀\"]",
            })
    void answers_an_event(String sent, String answer) {
        var wire = bench.connect().say(sent);

        assertThat(wire.take()).containsExactly(answer);
    }

    @Test
    void answers_binary_events_and_acknowledgements() {
        var nested = "{\"x\":{\"_placeholder\":true,\"num\":1},\"y\":[{\"_placeholder\":true,\"num\":0}]}";
        var wire =
                bench.connect().say("452-[\"a\"," + nested + "]").say((byte) 1).say((byte) 2, (byte) 2);
        wire.say("451-7[\"a\",{\"_placeholder\":true,\"num\":0}]").say((byte) 3);

        assertThat(wire.take())
                .containsExactly(
                        "452-[\"back\",{\"x\":{\"_placeholder\":true,\"num\":0},\"y\":[{\"_placeholder\":true,\"num\":1}]}]",
                        "binary of 2 bytes",
                        "binary of 1 bytes",
                        "461-7[{\"_placeholder\":true,\"num\":0}]",
                        "binary of 1 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "43", "4399[1]", "431"})
    void ignores_what_means_nothing(String sent) {
        var wire = bench.connect().say(sent);

        assertThat(wire.take()).isEmpty();
        assertThat(wire.socket.closeCode()).isZero();
    }

    @Test
    void closes_when_an_attachment_is_not_what_was_announced() {
        assertThat(bench.connect().say((byte) 1).socket.closeCode()).isNotZero();
        assertThat(bench.connect()
                        .say("451-[\"a\",{\"_placeholder\":true,\"num\":0}]", "42[\"a\"]")
                        .socket
                        .closeCode())
                .isNotZero();
        assertThat(bench.connect()
                        .say("451-[\"a\",{\"_placeholder\":true,\"num\":1}]")
                        .say((byte) 1)
                        .socket
                        .closeCode())
                .isNotZero();
    }

    @Test
    void allows_as_many_attachments_as_it_was_told() {
        var roomy = new Bench(builder -> builder.maxAttachments(12));
        var strict = new Bench(builder -> builder.maxAttachments(1));

        assertThat(roomy.connect().say("4512-[\"a\"]").socket.closeCode()).isZero();
        assertThat(strict.connect().say("452-[\"a\"]").socket.closeCode()).isNotZero();
    }

    @Test
    void knows_where_a_client_is() {
        var back = bench.connect().say("41");
        assertThat(back.take()).isEmpty();
        assertThat(back.say("40").take()).hasSize(1);
        assertThat(bench.connect().say("41", "42[\"a\"]").socket.closeCode()).isNotZero();
        assertThat(bench.connect().say("40/deny,", "42/deny,[\"a\"]").socket.closeCode())
                .isNotZero();
        assertThat(bench.connect()
                        .say("40/custom,", "41/custom,", "42[\"a\"]")
                        .take()
                        .getLast())
                .isEqualTo("42[\"back\"]");
    }

    @Test
    void numbers_the_acknowledgements_of_each_namespace_from_nought() {
        var wire = bench.connect().say("40/custom,");
        wire.take();

        for (var name : List.of("/", "/custom", "/")) {
            var unused = bench.server.of(name).sockets().iterator().next().emitWithAck("q");
        }

        assertThat(wire.take()).containsExactly("420[\"q\"]", "42/custom,0[\"q\"]", "421[\"q\"]");
    }
}
