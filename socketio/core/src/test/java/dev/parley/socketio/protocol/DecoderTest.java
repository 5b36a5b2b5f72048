package dev.parley.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.engineio.ProtocolException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    private final ObjectMapper json = new ObjectMapper();
    private final Decoder decoder = new Decoder(json);
    private final Encoder encoder = new Encoder(json);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "0{\"token\":\"x\"} | 0{\"token\":\"x\"}",
                "0/custom, | 0/custom,",
                "0/custom | 0/custom,",
                "0/custom?a=b, | 0/custom?a=b,",
                "1 | 1",
                "1/custom, | 1/custom,",
                "2[\"message\",1,\"2\",{\"3\":[true]}] | 2[\"message\",1,\"2\",{\"3\":[true]}]",
                "2/custom,[\"a\"] | 2/custom,[\"a\"]",
                "2456[\"message-with-ack\",1] | 2456[\"message-with-ack\",1]",
                "2[1,2] | 2[1,2]",
                "2[\"n\",1.0,1e21,-0.0,1e-7,123456789012345678901] | 2[\"n\",1,1e+21,0,1e-7,123456789012345678901]",
                "2[\"k\",{\"a\":1,\"b\":2,\"a\":3}] | 2[\"k\",{\"a\":3,\"b\":2}]",
                "2[\"p\",{\"_placeholder\":true,\"num\":0}] | 2[\"p\",{\"_placeholder\":true,\"num\":0}]",
                "3456[1,\"2\",{\"3\":[false]}] | 3456[1,\"2\",{\"3\":[false]}]",
                "39007199254740992[] | 39007199254740992[]",
                "4{\"message\":\"Invalid namespace\"} | 4{\"message\":\"Invalid namespace\"}",
            })
    void reads_what_the_reference_server_reads(String wire, String written) {
        var packet = decoder.text(wire).orElseThrow();

        assertThat(encoder.encode(packet).text()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "9",
                "0[1]",
                "0null",
                "0custom,",
                "1{\"a\":1}",
                "2[]",
                "2[null]",
                "2{}",
                "2[true]",
                "2[\"a\"",
                "2[\"a\"]x",
                "2abc[\"a\"]",
                "30{}",
                "2[\"connect\"]",
                "2[\"connect_error\"]",
                "2[\"disconnect\"]",
                "2[\"disconnecting\"]",
                "2[\"newListener\"]",
                "2[\"removeListener\"]",
                "50-[\"a\"]",
                "5[\"a\"]",
                "511-[\"a\"]",
                "5-[\"a\"]",
                "51[\"a\"]",
                "51-",
                "61-",
                "2-1[\"a\"]",
                "29007199254740993[\"a\"]",
                "299999999999999999999999[\"a\"]",
                "4",
                "4[1]"
            })
    void refuses_what_the_protocol_does_not_allow(String wire) {
        assertThatThrownBy(() -> decoder.text(wire)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "21", "3"})
    void ignores_events_and_acknowledgements_that_carry_nothing(String wire) {
        assertThat(decoder.text(wire)).isEmpty();
    }

    @Test
    void completes_a_binary_event_with_its_last_attachment() {
        var wire = "52-/custom,7[\"files\",{\"_placeholder\":true,\"num\":1},[{\"_placeholder\":true,\"num\":0}]]";

        assertThat(decoder.text(wire)).isEmpty();
        assertThat(decoder.binary(bytes(1))).isEmpty();
        var packet = (Packet.Event) decoder.binary(bytes(2, 3)).orElseThrow();

        assertThat(packet.namespace()).isEqualTo("/custom");
        assertThat(packet.acknowledgeWith()).hasValue(7);
        assertThat(encoder.encode(packet).attachments()).containsExactly(bytes(2, 3), bytes(1));
        assertThat(encoder.encode(packet).text())
                .isEqualTo(
                        "52-/custom,7[\"files\",{\"_placeholder\":true,\"num\":0},[{\"_placeholder\":true,\"num\":1}]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "0.5", "\"0\"", "null", "4294967296"})
    void refuses_placeholders_of_attachments_that_do_not_exist(String number) {
        decoder.text("51-[\"a\",{\"_placeholder\":true,\"num\":" + number + "}]");

        assertThatThrownBy(() -> decoder.binary(bytes(1))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refuses_text_while_an_attachment_is_missing() {
        decoder.text("51-[\"a\",{\"_placeholder\":true,\"num\":0}]");

        assertThatThrownBy(() -> decoder.text("2[\"b\"]")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refuses_binary_that_no_packet_announced() {
        assertThatThrownBy(() -> decoder.binary(bytes(1))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refuses_nesting_that_would_exhaust_the_stack() {
        var deep = "2[\"a\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]";

        assertThatThrownBy(() -> decoder.text(deep)).isInstanceOf(ProtocolException.class);
    }

    private static ByteBuffer bytes(int... values) {
        var bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }
}
