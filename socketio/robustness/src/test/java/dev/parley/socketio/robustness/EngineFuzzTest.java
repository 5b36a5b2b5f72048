package dev.parley.socketio.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.engineio.Frame;
import dev.parley.engineio.Packet;
import dev.parley.engineio.Payload;
import dev.parley.engineio.ProtocolException;
import java.nio.charset.StandardCharsets;

/** Whatever comes over an Engine.IO connection is a packet or a {@link ProtocolException}, and a packet is written as it is read. */
class EngineFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void reads_any_packet_or_refuses_it(byte[] input) {
        Packet packet;
        try {
            packet = Packet.parse(text(input));
        } catch (ProtocolException refused) {
            return;
        }

        assertThat(Packet.parse(Frame.of(packet).text())).isEqualTo(packet);
    }

    @FuzzTest(maxDuration = "10m")
    void reads_any_payload_or_refuses_it(byte[] input) {
        var payload = text(input);
        try {
            var packets = Payload.decode(payload);

            var written = Payload.encode(packets.stream().map(Frame::of).toList());
            assertThat(Payload.decode(written)).isEqualTo(packets);
        } catch (ProtocolException refused) {
            assertThat(payload.split("\u001e", -1)).anyMatch(EngineFuzzTest::isRefused);
        }
    }

    private static boolean isRefused(String packet) {
        try {
            Packet.parse(packet);
            return false;
        } catch (ProtocolException refused) {
            return true;
        }
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
