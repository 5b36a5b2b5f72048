package dev.parley.socketio.wildfly;

import static dev.parley.socketio.wildfly.ClientFrames.FIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 5, as a server must read it. */
class FrameReaderTest {

    private static final int LIMIT = 70_000;

    private final Recorded sink = new Recorded();
    private final FrameReader reader = new FrameReader(LIMIT, sink);

    private void read(ClientFrames frames) {
        var bytes = frames.bytes();
        reader.read(bytes, 0, bytes.length);
    }

    private FrameException refused(ClientFrames frames) {
        return catchThrowableOfType(FrameException.class, () -> read(frames));
    }

    @Test
    void reads_several_frames_in_a_row() {
        read(new ClientFrames().text("one").binary((byte) 1, (byte) 2).text(""));

        assertThat(sink.heard).containsExactly("text one", "binary [1, 2]", "text ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 65535, 65536, LIMIT})
    void reads_any_length_up_to_the_limit(int length) {
        read(new ClientFrames().text("x".repeat(length)));

        assertThat(sink.heard).containsExactly("text " + "x".repeat(length));
    }

    @Test
    void joins_fragments_and_hears_control_frames_between_them() {
        read(new ClientFrames()
                .frame(1, "Hel".getBytes(StandardCharsets.UTF_8))
                .frame(FIN | 9, "you".getBytes(StandardCharsets.UTF_8))
                .frame(0, new byte[0])
                .frame(FIN | 10, new byte[] {1})
                .frame(FIN, "lo".getBytes(StandardCharsets.UTF_8))
                .text("next"));

        assertThat(sink.heard).containsExactly("ping you", "text Hello", "text next");
    }

    @Test
    void takes_characters_that_are_torn_by_fragments() {
        var euro = "€😀".getBytes(StandardCharsets.UTF_8);

        for (int cut = 0; cut <= euro.length; cut++) {
            read(new ClientFrames()
                    .frame(1, java.util.Arrays.copyOf(euro, cut))
                    .frame(FIN, java.util.Arrays.copyOfRange(euro, cut, euro.length)));
        }

        assertThat(sink.heard).hasSize(euro.length + 1).containsOnly("text €😀");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4999})
    void hears_the_code_of_a_close(int code) {
        read(new ClientFrames().frame(FIN | 8, (byte) (code >> 8), (byte) code, (byte) 'x'));

        assertThat(sink.heard).containsExactly("close " + code);
    }

    @Test
    void hears_a_close_without_a_code() {
        read(new ClientFrames().frame(FIN | 8));

        assertThat(sink.heard).containsExactly("close 1005");
    }

    static Stream<Arguments> forbidden() {
        return Stream.of(
                Arguments.of("a frame without a mask", new ClientFrames().raw(0x81, 0x01, 'x')),
                Arguments.of("reserved bit 1", new ClientFrames().frame(FIN | 0x40 | 1, (byte) 'x')),
                Arguments.of("reserved bit 3", new ClientFrames().frame(FIN | 0x10 | 1, (byte) 'x')),
                Arguments.of("opcode 3", new ClientFrames().frame(FIN | 3, (byte) 'x')),
                Arguments.of("opcode 11", new ClientFrames().frame(FIN | 11)),
                Arguments.of("a continuation of nothing", new ClientFrames().frame(FIN, (byte) 'x')),
                Arguments.of(
                        "a message in a message",
                        new ClientFrames().frame(1, (byte) 'x').text("y")),
                Arguments.of("a ping in fragments", new ClientFrames().frame(9, (byte) 'x')),
                Arguments.of("a ping of 126 bytes", new ClientFrames().frame(FIN | 9, new byte[126])),
                Arguments.of("half a close code", new ClientFrames().frame(FIN | 8, (byte) 3)),
                Arguments.of("close code 999", new ClientFrames().frame(FIN | 8, (byte) 3, (byte) 0xe7)),
                Arguments.of("close code 1005", new ClientFrames().frame(FIN | 8, (byte) 3, (byte) 0xed)),
                Arguments.of("close code 5000", new ClientFrames().frame(FIN | 8, (byte) 0x13, (byte) 0x88)),
                Arguments.of("a length that is not minimal", new ClientFrames().raw(0x81, 0xfe, 0, 5, 1, 2, 3, 4)),
                Arguments.of(
                        "a long length that is not minimal",
                        new ClientFrames().raw(0x81, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4)),
                Arguments.of(
                        "a negative length",
                        new ClientFrames().raw(0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void forbidden(String what, ClientFrames frames) {
        assertThat(refused(frames).code()).as(what).isEqualTo(1002);
    }

    @Test
    void refuses_text_that_is_not_utf_8() {
        assertThat(refused(new ClientFrames().frame(FIN | 1, (byte) 'a', (byte) 0xc0, (byte) 0x80))
                        .code())
                .isEqualTo(1007);
        assertThat(sink.heard).isEmpty();
    }

    @Test
    void refuses_a_message_above_the_limit_before_it_comes() {
        var header = new ClientFrames().raw(0x82, 0xff, 0, 0, 0, 0, 0, 1, 0x11, 0x71, 0, 0, 0, 0); // 70,001

        assertThat(refused(header).code()).isEqualTo(1009);
    }

    @Test
    void refuses_a_message_whose_fragments_are_above_the_limit_together() {
        read(new ClientFrames().frame(2, new byte[LIMIT]));

        assertThat(refused(new ClientFrames().frame(FIN, new byte[1])).code()).isEqualTo(1009);
    }
}
