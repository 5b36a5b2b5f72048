package dev.parley.socketio.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes packets as the reference implementation does, byte for byte: no spaces, keys in their order, numbers as JavaScript
 * prints them, binary data replaced depth-first by {@code {"_placeholder":true,"num":n}}.
 *
 * @see <a href="https://socket.io/docs/v4/socket-io-protocol/">the Socket.IO protocol</a>
 */
public final class Encoder {

    /** Characters for a header and a small payload. */
    private static final int ROOM = 128;

    private final ObjectMapper json;

    /** Writes with that mapper what Jackson trees hold as plain objects. */
    public Encoder(ObjectMapper json) {
        this.json = json;
    }

    /** The packet as text, with its binary parts beside it. */
    public Encoded encode(Packet packet) {
        return switch (packet) {
            case Packet.Connect connect ->
                connect.payload()
                        .map(payload -> text('0', connect.namespace(), payload))
                        .orElseGet(() -> plain('0', connect.namespace()));
            case Packet.Disconnect disconnect -> plain('1', disconnect.namespace());
            case Packet.Event event ->
                binary(
                        '2',
                        '5',
                        event.namespace(),
                        event.acknowledgeWith().isPresent() ? event.ackId() : Packet.NO_ACK,
                        event.arguments());
            case Packet.Ack ack -> binary('3', '6', ack.namespace(), ack.ackId(), ack.arguments());
            case Packet.ConnectError refused -> text('4', refused.namespace(), refused.error());
        };
    }

    private static Encoded plain(char type, String namespace) {
        return new Encoded(type + prefix(namespace), List.of());
    }

    private Encoded text(char type, String namespace, JsonNode payload) {
        var out = new StringWriter(ROOM);
        out.append(type).append(prefix(namespace));
        write(List.of(payload), false, out, new ArrayList<>());
        return new Encoded(out.toString(), List.of());
    }

    private Encoded binary(char textType, char binaryType, String namespace, long ackId, List<JsonNode> arguments) {
        var attachments = new ArrayList<ByteBuffer>();
        var out = new StringWriter(length(arguments));
        out.append(textType).append(prefix(namespace));
        if (ackId != Packet.NO_ACK) {
            out.append(Long.toString(ackId));
        }
        write(arguments, true, out, attachments);
        if (!attachments.isEmpty()) {
            out.getBuffer().replace(0, 1, binaryType + Integer.toString(attachments.size()) + '-');
        }
        return new Encoded(out.toString(), attachments);
    }

    /** About as many characters as the arguments take, so that long ones are not copied while the text grows. */
    private static int length(List<JsonNode> arguments) {
        int length = ROOM;
        for (var argument : arguments) {
            length += argument.isTextual() ? argument.textValue().length() : 0;
        }
        return length;
    }

    private static String prefix(String namespace) {
        return "/".equals(namespace) ? "" : namespace + ",";
    }

    private void write(List<JsonNode> nodes, boolean asArray, StringWriter out, List<ByteBuffer> attachments) {
        try (var generator = json.getFactory().createGenerator(out)) {
            if (asArray) {
                generator.writeStartArray();
            }
            for (var node : nodes) {
                write(node, generator, attachments);
            }
            if (asArray) {
                generator.writeEndArray();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(JsonNode node, JsonGenerator out, List<ByteBuffer> attachments) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (var field : node.properties()) {
                    out.writeFieldName(field.getKey());
                    write(field.getValue(), out, attachments);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (var element : node) {
                    write(element, out, attachments);
                }
                out.writeEndArray();
            }
            case BINARY -> {
                out.writeStartObject();
                out.writeBooleanField("_placeholder", true);
                out.writeNumberField("num", attachments.size());
                out.writeEndObject();
                attachments.add(
                        ByteBuffer.wrap(((BinaryNode) node).binaryValue()).asReadOnlyBuffer());
            }
            case NUMBER -> JsNumber.write(node, out);
            case STRING -> JsString.write(node.textValue(), out);
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            case NULL, MISSING -> out.writeNull();
            // A value that Jackson kept as it was: let it become a tree first, so that binary inside it is found too.
            case POJO -> write(json.valueToTree(((POJONode) node).getPojo()), out, attachments);
        }
    }
}
