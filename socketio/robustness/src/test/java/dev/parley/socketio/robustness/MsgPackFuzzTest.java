package dev.parley.socketio.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.engineio.Frame;
import dev.parley.engineio.ProtocolException;
import dev.parley.socketio.msgpack.MsgPackParser;
import dev.parley.socketio.protocol.Packet;
import dev.parley.socketio.protocol.Parser;
import java.nio.ByteBuffer;
import java.util.List;

/** Whatever binary message comes where MessagePack is spoken is one packet or a {@link ProtocolException}; it is written as it is read. */
class MsgPackFuzzTest {

    private static final Parser PARSER = MsgPackParser.of(new ObjectMapper());

    @FuzzTest(maxDuration = "10m")
    void reads_any_message_or_refuses_it(byte[] input) {
        Packet packet;
        try {
            packet = PARSER.reader().binary(ByteBuffer.wrap(input)).orElseThrow();
        } catch (ProtocolException refused) {
            return;
        }

        var written = bytes(PARSER.encode(packet));
        assertThat(bytes(PARSER.encode(PARSER.reader().binary(written).orElseThrow())))
                .isEqualTo(written);
    }

    private static ByteBuffer bytes(List<Frame> frames) {
        return frames.getFirst().payload();
    }
}
