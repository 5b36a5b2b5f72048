package dev.parley.socketio.msgpack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.engineio.ProtocolException;
import dev.parley.socketio.protocol.Decoder;
import dev.parley.socketio.protocol.Packet;
import dev.parley.socketio.protocol.PacketReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePackException;

/** Reads packets, each of which is one binary message. The rules are those of JSON packets. */
final class MsgPackReader implements PacketReader {

    /** 2^53: beyond it JavaScript counts wrong. */
    private static final long MAX_ACK_ID = 1L << 53;

    @Override
    public Optional<Packet> text(String message) {
        throw new ProtocolException("text where MessagePack is spoken");
    }

    @Override
    public Optional<Packet> binary(ByteBuffer message) {
        var bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        try {
            return Optional.of(packet(new ValueReader(bytes)));
        } catch (IOException | MessagePackException e) {
            throw new ProtocolException("message is not MessagePack");
        }
    }

    private static Packet packet(ValueReader in) throws IOException {
        JsonNode type = MissingNode.getInstance();
        JsonNode namespace = MissingNode.getInstance();
        JsonNode data = MissingNode.getInstance();
        JsonNode id = MissingNode.getInstance();
        int size = in.mapHeader();
        for (int i = 0; i < size; i++) {
            switch (in.string()) {
                case "type" -> type = in.value(1);
                case "nsp" -> namespace = in.value(1);
                case "data" -> data = in.value(1);
                case "id" -> id = in.value(1);
                default -> in.skip(); // clients send their own "options" along
            }
        }
        if (!in.atEnd()) {
            throw new ProtocolException("something follows the packet");
        }
        return packet(type, namespace(namespace), data, ackId(id));
    }

    private static Packet packet(JsonNode type, String namespace, JsonNode data, long ackId) {
        if (!type.isInt()) {
            throw new ProtocolException("packet type is no number");
        }
        return switch (type.intValue()) {
            case 0 -> new Packet.Connect(namespace, auth(data));
            case 1 -> {
                check(data.isMissingNode(), "DISCONNECT with a payload");
                yield new Packet.Disconnect(namespace);
            }
            case 2 -> {
                check(isEvent(data), "payload is no event");
                yield new Packet.Event(namespace, ackId, list(data));
            }
            case 3 -> {
                check(data.isArray() && ackId != Packet.NO_ACK, "payload is no acknowledgement");
                yield new Packet.Ack(namespace, ackId, list(data));
            }
            case 4 -> {
                check(data.isObject() || data.isTextual(), "payload is no error");
                yield new Packet.ConnectError(namespace, data);
            }
            default -> throw new ProtocolException("unknown packet type");
        };
    }

    private static @Nullable ObjectNode auth(JsonNode data) {
        check(data.isMissingNode() || data.isObject(), "payload of CONNECT is no object");
        return data instanceof ObjectNode object ? object : null;
    }

    private static boolean isEvent(JsonNode data) {
        var name = data.path(0);
        return data.isArray()
                && (name.isNumber() || (name.isTextual() && !Decoder.RESERVED.contains(name.textValue())));
    }

    private static String namespace(JsonNode name) {
        check(name.isTextual() && name.textValue().startsWith("/"), "no namespace");
        return name.textValue();
    }

    private static long ackId(JsonNode id) {
        if (id.isMissingNode()) {
            return Packet.NO_ACK;
        }
        check(
                id.isIntegralNumber() && id.canConvertToLong() && id.longValue() >= 0 && id.longValue() <= MAX_ACK_ID,
                "no id of an acknowledgement");
        return id.longValue();
    }

    private static List<JsonNode> list(JsonNode array) {
        var all = new ArrayList<JsonNode>(array.size());
        array.forEach(all::add);
        return all;
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new ProtocolException(message);
        }
    }
}
