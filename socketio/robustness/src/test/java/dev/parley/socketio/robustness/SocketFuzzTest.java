package dev.parley.socketio.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.engineio.ProtocolException;
import dev.parley.socketio.protocol.Decoder;
import dev.parley.socketio.protocol.Encoded;
import dev.parley.socketio.protocol.Encoder;
import dev.parley.socketio.protocol.Packet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whatever messages a Socket.IO connection brings, each makes a packet, or waits for more, or is a {@link ProtocolException}; what was
 * read is written so that it reads the same. An input is several messages, parted by byte 0x1e: binary ones where an attachment must
 * follow, text otherwise; a first byte of 0x00 makes it the other kind.
 */
class SocketFuzzTest {

    private static final byte SEPARATOR = 0x1e;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Encoder ENCODER = new Encoder(JSON);

    @FuzzTest(maxDuration = "10m")
    void reads_any_messages_or_refuses_them(byte[] input) {
        var decoder = new Decoder(JSON);
        boolean attachment = false;
        try {
            for (int start = 0; start <= input.length; ) {
                int end = start;
                while (end < input.length && input[end] != SEPARATOR) {
                    end++;
                }
                boolean other = end > start && input[start] == 0;
                var message = ByteBuffer.wrap(input, other ? start + 1 : start, other ? end - start - 1 : end - start);
                var packet = attachment != other
                        ? decoder.binary(message)
                        : decoder.text(StandardCharsets.UTF_8.decode(message).toString());
                attachment = packet.isEmpty();
                packet.ifPresent(SocketFuzzTest::writtenAsRead);
                start = end + 1;
            }
        } catch (ProtocolException refused) {
            // The connection would end here.
        }
    }

    private static void writtenAsRead(Packet packet) {
        var written = ENCODER.encode(packet);

        assertThat(ENCODER.encode(read(written).orElseThrow())).isEqualTo(written);
    }

    private static Optional<Packet> read(Encoded encoded) {
        var decoder = new Decoder(JSON);
        var packet = decoder.text(encoded.text());
        for (var bytes : encoded.attachments()) {
            packet = decoder.binary(bytes);
        }
        return packet;
    }
}
