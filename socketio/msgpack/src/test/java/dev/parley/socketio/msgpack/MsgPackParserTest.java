package dev.parley.socketio.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.parley.engineio.ProtocolException;
import dev.parley.socketio.protocol.Packet;
import dev.parley.socketio.protocol.Parser;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsgPackParserTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String TYPE = "a474797065";
    private static final String NSP = "a36e7370a12f";
    private static final String DATA = "a464617461";

    private final Parser parser = Parser.named("msgpack", new ObjectMapper());

    private static String hex(List<dev.parley.engineio.Frame> frames) {
        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst().isText()).isFalse();
        var payload = frames.getFirst().payload();
        var bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Packet read(String hex) {
        return parser.reader()
                .binary(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))))
                .orElseThrow();
    }

    private static Packet event(JsonNode... arguments) {
        return new Packet.Event("/", Packet.NO_ACK, List.of(arguments));
    }

    @Test
    void writes_and_reads_the_bytes_of_the_reference_implementation() {
        var hello = event(NODES.textNode("hello"), NODES.numberNode(1), NODES.binaryNode(new byte[] {1, 2}));
        var golden = "83a47479706502a36e7370a12fa46461746193a568656c6c6f01c4020102";

        assertThat(hex(parser.encode(hello))).isEqualTo(golden);
        assertThat(read(golden)).isEqualTo(hello);
        assertThat(hex(parser.encode(new Packet.Disconnect("/")))).isEqualTo("82a47479706501a36e7370a12f");
        assertThat(read("82a47479706501a36e7370a12f")).isEqualTo(new Packet.Disconnect("/"));
    }

    @Test
    void writes_answers_and_refusals() {
        var answer = new Packet.Ack("/", 300, List.of(NODES.booleanNode(true)));
        var connected = new Packet.Connect("/", NODES.objectNode().put("sid", "x"));
        var refused = new Packet.ConnectError("/", NODES.objectNode().put("message", "no"));

        assertThat(hex(parser.encode(answer))).isEqualTo("84" + TYPE + "03" + NSP + DATA + "91c3" + "a26964cd012c");
        assertThat(hex(parser.encode(connected))).isEqualTo("83" + TYPE + "00" + NSP + DATA + "81a3736964a178");
        assertThat(hex(parser.encode(refused))).isEqualTo("83" + TYPE + "04" + NSP + DATA + "81a76d657373616765a26e6f");
    }

    @Test
    void skips_what_clients_send_along() {
        var packet = read("84" + TYPE + "02" + "a76f7074696f6e7381a8636f6d7072657373c3" + NSP + DATA + "91a161");

        assertThat(packet).isEqualTo(event(NODES.textNode("a")));
    }

    @ParameterizedTest
    @CsvSource({
        "c0, null",
        "d40000, null", // undefined, as notepack.io writes it
        "d7000000018bcfe56800, \"2023-11-14T22:13:20.000Z\"", // a date, as it does
        "d6ff6553f100, \"2023-11-14T22:13:20.000Z\"",
        "d7ff000000006553f100, \"2023-11-14T22:13:20.000Z\"",
        "c70cff00000000000000006553f100, \"2023-11-14T22:13:20.000Z\"",
        "ff, -1",
        "cc80, 128",
        "cfffffffffffffffff, 18446744073709551615",
        "d3ffffffff00000000, -4294967296",
        "cb3ff8000000000000, 1.5",
        "ca3fc00000, 1.5",
        "81a16b8101c3, '{\"k\":{\"1\":true}}'",
        "82a16b01a16b02, '{\"k\":2}'",
    })
    void reads_values_of_all_kinds(String hex, String json) throws Exception {
        var packet = (Packet.Event) read("83" + TYPE + "02" + NSP + DATA + "92a161" + hex);

        assertThat(packet.arguments().get(1)).hasToString(json);
    }

    @Test
    void writes_whole_numbers_as_integers() {
        assertThat(hex(parser.encode(event(
                        NODES.textNode("a"),
                        NODES.numberNode(2.0),
                        NODES.numberNode(1.5),
                        NODES.numberNode(-0.0),
                        NODES.numberNode(1e300)))))
                .endsWith("95a161" + "02" + "cb3ff8000000000000" + "00" + "cb7e37e43c8800759c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c0",
                "80",
                "93",
                "82 TYPE 05 NSP", // unknown type
                "82 TYPE a130 NSP", // the type is text
                "81 TYPE 01", // no namespace
                "82 TYPE 01 a36e737001", // the namespace is a number
                "82 TYPE 01 a36e7370a178", // the namespace has no slash
                "83 TYPE 00 NSP DATA c0", // CONNECT null
                "83 TYPE 00 NSP DATA 90", // CONNECT []
                "83 TYPE 01 NSP DATA 80", // DISCONNECT {}
                "82 TYPE 02 NSP", // EVENT without anything
                "83 TYPE 02 NSP DATA 90", // EVENT []
                "83 TYPE 02 NSP DATA 91c0", // EVENT [null]
                "83 TYPE 02 NSP DATA 80", // EVENT {}
                "83 TYPE 02 NSP DATA 91a7636f6e6e656374", // a reserved name
                "83 TYPE 03 NSP DATA 90", // ACK without id
                "84 TYPE 03 NSP DATA 80 a2696401", // ACK {}
                "84 TYPE 02 NSP DATA 91a161 a26964ff", // id -1
                "84 TYPE 02 NSP DATA 91a161 a26964a131", // id "1"
                "84 TYPE 02 NSP DATA 91a161 a26964cf0020000000000001", // id beyond 2^53
                "82 TYPE 04 NSP",
                "82 TYPE 01 NSP c0", // something follows
                "83 TYPE 02 NSP DATA 92a161 d40501", // unknown extension
                "83 TYPE 02 NSP DATA 92a161 c70bff0000000000000000000000", // no timestamp
                "83 TYPE 02 NSP DATA 92a161 c70cff000000007fffffffffffffff", // a time beyond all
                "83 TYPE 02 NSP DATA 92a161 81c0c0", // a key that is nil
                "83 TYPE 02 NSP DATA 92a161 c1", // never used
                "83 TYPE 02 NSP DATA 92a161 c6ffffffff", // lengths that no message has
                "83 TYPE 02 NSP DATA 92a161 c67fffffff",
                "83 TYPE 02 NSP DATA 92a161 db7fffffff",
                "83 TYPE 02 NSP DATA 92a161 dd7fffffff",
                "83 TYPE 02 NSP DATA 92a161 df7fffffff",
                "83 TYPE 02 NSP DATA 92a161 c97fffffff00",
                "df7fffffff",
            })
    void refuses_what_the_protocol_does_not_allow(String hex) {
        var message = hex.replace("TYPE", TYPE).replace("NSP", NSP).replace("DATA", DATA);

        assertThatThrownBy(() -> read(message)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refuses_text() {
        assertThatThrownBy(() -> parser.reader().text("2[\"a\"]")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refuses_nesting_and_numbers_of_containers_beyond_the_limits() {
        var deep = "83" + TYPE + "02" + NSP + DATA + "92a161" + "91".repeat(100_000) + "c0";
        var wide = "83" + TYPE + "02" + NSP + DATA + "92a161" + "dd00011000" + "90".repeat(69_632);

        assertThatThrownBy(() -> read(deep)).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> read(wide)).hasMessageContaining("arrays and maps");
    }

    @Property(tries = 1000)
    void any_packet_comes_back_as_it_went(@ForAll("packets") Packet packet) {
        var frames = parser.encode(packet);

        assertThat(parser.reader().binary(frames.getFirst().payload())).isEqualTo(Optional.of(packet));
    }

    @Property(tries = 2000)
    void any_bytes_are_read_or_refused(@ForAll byte[] bytes) {
        try {
            parser.reader().binary(ByteBuffer.wrap(bytes));
        } catch (ProtocolException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Provide
    Arbitrary<Packet> packets() {
        var ids = Arbitraries.longs().between(-1, 1L << 53);
        return Combinators.combine(
                        Arbitraries.of("/", "/a,b"), ids, values(3).list().ofMaxSize(4))
                .as((namespace, id, rest) -> {
                    var arguments = new ArrayList<JsonNode>(rest);
                    arguments.addFirst(NODES.textNode("event"));
                    return new Packet.Event(namespace, id, arguments);
                });
    }

    private static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(List.of(
                Arbitraries.strings()
                        .filter(text -> text.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000))
                        .map(NODES::textNode),
                Arbitraries.integers().map(NODES::numberNode),
                Arbitraries.longs().greaterOrEqual(1L << 40).map(NODES::numberNode),
                Arbitraries.of(true, false).map(NODES::booleanNode),
                Arbitraries.just(NODES.nullNode()),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(NODES::binaryNode)));
        if (depth == 0) {
            return leaf;
        }
        return Arbitraries.oneOf(List.of(
                leaf,
                values(depth - 1)
                        .list()
                        .ofMaxSize(3)
                        .map(list -> NODES.arrayNode().addAll(list)),
                Arbitraries.maps(Arbitraries.strings().alpha(), values(depth - 1))
                        .ofMaxSize(3)
                        .map(map -> NODES.objectNode().setAll(map))));
    }
}
