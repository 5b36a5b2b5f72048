package dev.parley.socketio.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;

/** Whatever bytes come over a WebSocket of ours, and in whatever pieces, they say the same, or are refused at the same place. */
class FrameReaderFuzzTest {

    static final int LIMIT = 1000;

    @FuzzTest(maxDuration = "10m")
    void reads_any_bytes_alike_in_any_pieces(byte[] input) {
        var whole = read(input, input.length);

        assertThat(read(input, 1)).isEqualTo(whole);
        assertThat(read(input, 7)).isEqualTo(whole);
    }

    /** What is found when the bytes come in pieces of that size. */
    static List<String> read(byte[] input, int piece) {
        var found = new Found();
        var reader = new FrameReader(LIMIT, found);
        var data = input.clone(); // is changed
        try {
            for (int from = 0; from < data.length; from += piece) {
                reader.read(data, from, Math.min(data.length, from + piece));
            }
        } catch (FrameException refused) {
            found.log.add("refused " + refused.code());
        }
        return found.log;
    }

    private static final class Found implements FrameSink {

        private final List<String> log = new ArrayList<>();

        @Override
        public void text(String message) {
            assertThat(message.length()).isLessThanOrEqualTo(LIMIT);
            log.add("text " + message);
        }

        @Override
        public void binary(byte[] message) {
            assertThat(message.length).isLessThanOrEqualTo(LIMIT);
            log.add("binary " + new java.math.BigInteger(1, message).toString(16) + "/" + message.length);
        }

        @Override
        public void ping(byte[] data) {
            assertThat(data.length).isLessThanOrEqualTo(125);
            log.add("ping " + data.length);
        }

        @Override
        public void close(int code) {
            log.add("close " + code);
        }
    }
}
