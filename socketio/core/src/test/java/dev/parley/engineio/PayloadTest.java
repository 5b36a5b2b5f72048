package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PayloadTest {

    @Example
    void writes_the_protocols_examples() {
        var packets = List.<Packet>of(
                new Packet.Text("hello"),
                new Packet.Binary(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})),
                new Packet.Ping(""));

        assertThat(Payload.encode(packets.stream().map(Frame::of).toList())).isEqualTo("4hello\u001ebAQIDBA==\u001e2");
    }

    @Example
    void refuses_what_is_no_packet() {
        for (var payload : List.of("", "abc", "4a\u001e", "\u001e4a", "7", "b!", "4a\u001e\u001e4b")) {
            assertThatThrownBy(() -> Payload.decode(payload)).isInstanceOf(ProtocolException.class);
        }
    }

    @Property
    void any_packets_come_back_as_they_went(@ForAll("packets") List<Packet> packets) {
        var payload = Payload.encode(packets.stream().map(Frame::of).toList());

        assertThat(Payload.decode(payload)).isEqualTo(packets);
    }

    @Property
    void packets_come_back_alike_however_they_are_split_into_payloads(
            @ForAll("packets") List<Packet> packets, @ForAll int at) {
        int split = Math.floorMod(at, packets.size());
        var frames = packets.stream().map(Frame::of).toList();

        var head = split == 0 ? List.<Packet>of() : Payload.decode(Payload.encode(frames.subList(0, split)));
        var tail = Payload.decode(Payload.encode(frames.subList(split, frames.size())));

        assertThat(head).isEqualTo(packets.subList(0, split));
        assertThat(tail).isEqualTo(packets.subList(split, packets.size()));
    }

    @Property
    void knows_the_size_of_text_without_encoding_it(@ForAll String text) {
        assertThat(Utf8.length(text)).isEqualTo(text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }

    @Provide
    Arbitrary<List<Packet>> packets() {
        var text = Arbitraries.strings().filter(data -> data.indexOf('\u001e') < 0);
        Arbitrary<Packet> packet = Arbitraries.oneOf(List.of(
                text.map(Packet.Text::new),
                text.map(Packet.Open::new),
                text.map(Packet.Ping::new),
                text.map(Packet.Pong::new),
                Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMaxSize(50)
                        .map(data -> new Packet.Binary(ByteBuffer.wrap(data))),
                Arbitraries.of(new Packet.Close(), new Packet.Upgrade(), new Packet.Noop())));
        return packet.list().ofMinSize(1).ofMaxSize(8);
    }
}
