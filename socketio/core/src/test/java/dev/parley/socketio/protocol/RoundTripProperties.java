package dev.parley.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripProperties {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectMapper json = new ObjectMapper();

    @Property(tries = 2000)
    void any_packet_encodes_and_decodes_to_itself(@ForAll("packets") Packet packet) {
        var encoded = new Encoder(json).encode(packet);

        var decoder = new Decoder(json);
        var decoded = decoder.text(encoded.text());
        for (var attachment : encoded.attachments()) {
            assertThat(decoded).isEmpty();
            decoded = decoder.binary(attachment);
        }

        assertThat(decoded).isEqualTo(Optional.of(packet));
    }

    @Provide
    Arbitrary<Packet> packets() {
        var namespaces = Arbitraries.of("/", "/custom", "/a/b?c=d");
        var acks = Arbitraries.longs().between(-1, 1L << 53);
        var names = Arbitraries.strings()
                .filter(name -> !Decoder.RESERVED.contains(name))
                .map(NODES::textNode);
        var events = Combinators.combine(namespaces, acks, names, arguments())
                .as((namespace, ack, name, rest) -> (Packet) new Packet.Event(namespace, ack, prepend(name, rest)));
        var answers = Combinators.combine(namespaces, acks.filter(ack -> ack >= 0), arguments())
                .as((namespace, ack, rest) -> (Packet) new Packet.Ack(namespace, ack, rest));
        return Arbitraries.oneOf(List.of(events, answers, namespaces.map(Packet.Disconnect::new)));
    }

    private static List<JsonNode> prepend(JsonNode first, List<JsonNode> rest) {
        var all = new ArrayList<JsonNode>();
        all.add(first);
        all.addAll(rest);
        return all;
    }

    private static Arbitrary<List<JsonNode>> arguments() {
        // at most 9 binary values in all: one per argument, none nested twice
        return nodes(2).list()
                .ofMaxSize(4)
                .filter(list ->
                        list.stream().mapToInt(RoundTripProperties::binaries).sum() <= 10);
    }

    private static int binaries(JsonNode node) {
        int count = node.isBinary() ? 1 : 0;
        for (var child : node) {
            count += binaries(child);
        }
        return count;
    }

    private static Arbitrary<JsonNode> nodes(int depth) {
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(List.of(
                Arbitraries.strings().map(NODES::textNode),
                Arbitraries.integers().map(NODES::numberNode),
                Arbitraries.of(true, false).map(NODES::booleanNode),
                Arbitraries.just(NODES.nullNode()),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(NODES::binaryNode)));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<JsonNode> lists = nodes(depth - 1)
                .list()
                .ofMaxSize(3)
                .map(list -> NODES.arrayNode().addAll(list));
        Arbitrary<JsonNode> objects = Arbitraries.maps(Arbitraries.strings().alpha(), nodes(depth - 1))
                .ofMaxSize(3)
                .map(map -> NODES.objectNode().setAll(map));
        return Arbitraries.oneOf(List.of(leaf, lists, objects));
    }
}
