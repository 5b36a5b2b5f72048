package dev.parley.socketio.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.engineio.ProtocolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of one connection; a binary packet is complete when its last attachment has come. Not thread-safe: it belongs
 * to its connection's owner. Whatever the protocol does not allow is a {@link ProtocolException}, after which the connection ends.
 */
public final class Decoder implements PacketReader {

    /** How many attachments one packet may have unless told otherwise, as in socket.io-parser 4.2.7. */
    public static final int MAX_ATTACHMENTS = 10;

    /** Names that no client may emit, since applications and servers trust them. */
    public static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    /** 2^53: beyond it JavaScript counts wrong. */
    private static final long MAX_ACK_ID = 1L << 53;

    private static final int LONG = 256;

    private final ObjectReader json;
    private final int maxAttachments;
    private @Nullable Header pending;
    private final List<BinaryNode> attachments = new ArrayList<>(0);

    /** Reads packets of at most {@value #MAX_ATTACHMENTS} attachments. */
    public Decoder(ObjectMapper json) {
        this(json, MAX_ATTACHMENTS);
    }

    /** @param maxAttachments of one packet */
    public Decoder(ObjectMapper json, int maxAttachments) {
        this.maxAttachments = maxAttachments;
        this.json = json.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** A text message: a whole packet, or the beginning of a binary one; empty too for an event that has no payload at all. */
    @Override
    public Optional<Packet> text(String message) {
        if (pending != null) {
            throw new ProtocolException("text where an attachment must follow");
        }
        var header = read(message);
        if (header.attachments > 0) {
            pending = header;
            return Optional.empty();
        }
        return header.packet();
    }

    /** A binary message: an attachment of the packet that a text message began. */
    @Override
    public Optional<Packet> binary(ByteBuffer message) {
        var header = pending;
        if (header == null) {
            throw new ProtocolException("an attachment that no packet announced");
        }
        var bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        attachments.add(BinaryNode.valueOf(bytes));
        if (attachments.size() < header.attachments) {
            return Optional.empty();
        }
        var whole = new Header(header.type, 0, header.namespace, header.ackId, rebuild(header.payload));
        pending = null;
        attachments.clear();
        return whole.packet();
    }

    private Header read(String message) {
        var in = new Cursor(message);
        int type = in.next() - '0';
        if (type < 0 || type > 6) {
            throw new ProtocolException("unknown packet type");
        }
        int count = type >= 5 ? attachments(in) : 0;
        var namespace = in.peek() == '/' ? in.until(',') : "/";
        long ackId = Character.digit(in.peek(), 10) >= 0 ? in.number(MAX_ACK_ID) : Packet.NO_ACK;
        return new Header(type, count, namespace, ackId, in.atEnd() ? null : parse(in.rest()));
    }

    private int attachments(Cursor in) {
        long count = in.number(maxAttachments);
        if (in.next() != '-' || count == 0) {
            throw new ProtocolException("illegal number of attachments");
        }
        return (int) count;
    }

    private JsonNode parse(String text) {
        try {
            return text.length() < LONG ? json.readTree(text) : parseLong(text);
        } catch (JsonProcessingException e) {
            throw new ProtocolException("payload is not JSON");
        }
    }

    /** From an array, where the reader finds long strings in one piece; by a {@code Reader} it gathers them from small ones. */
    private JsonNode parseLong(String text) throws JsonProcessingException {
        try (var parser = json.createParser(text.toCharArray(), 0, text.length())) {
            var tree = json.<JsonNode>readTree(parser);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is read from anywhere
        }
    }

    /** Puts the attachments where their placeholders stand. */
    private @Nullable JsonNode rebuild(@Nullable JsonNode node) {
        return switch (node) {
            case ObjectNode object
            when object.path("_placeholder").isBoolean()
                    && object.path("_placeholder").booleanValue() -> attachment(object.path("num"));
            case ObjectNode object -> {
                object.properties().forEach(field -> field.setValue(rebuild(field.getValue())));
                yield object;
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, rebuild(array.get(i)));
                }
                yield array;
            }
            case null, default -> node;
        };
    }

    private BinaryNode attachment(JsonNode number) {
        if (!number.isInt() || number.intValue() < 0 || number.intValue() >= attachments.size()) {
            throw new ProtocolException("placeholder of an attachment that does not exist");
        }
        return attachments.get(number.intValue());
    }

    /** What a text message says, before its attachments are known. */
    private record Header(
            int type,
            int attachments,
            String namespace,
            long ackId,
            @Nullable JsonNode payload) {

        Header {
            boolean valid = switch (type) {
                case 0 -> payload == null || payload.isObject();
                case 1 -> payload == null;
                case 2, 5 -> payload == null ? attachments == 0 && type == 2 : isEvent(payload);
                case 3, 6 -> payload == null ? type == 3 : payload.isArray();
                default -> payload != null && (payload.isObject() || payload.isTextual());
            };
            if (!valid) {
                throw new ProtocolException("payload does not fit packet type " + type);
            }
        }

        private static boolean isEvent(JsonNode payload) {
            var name = payload.isArray() ? payload.path(0) : null;
            return name != null && (name.isNumber() || (name.isTextual() && !RESERVED.contains(name.textValue())));
        }

        Optional<Packet> packet() {
            return Optional.ofNullable(
                    switch (type) {
                        case 0 -> new Packet.Connect(namespace, (ObjectNode) payload);
                        case 1 -> new Packet.Disconnect(namespace);
                        // the reference server ignores an event and an acknowledgement that carry nothing
                        case 2, 5 -> payload == null ? null : new Packet.Event(namespace, ackId, arguments(payload));
                        case 3, 6 ->
                            ackId == Packet.NO_ACK ? null : new Packet.Ack(namespace, ackId, arguments(payload));
                        default -> payload == null ? null : new Packet.ConnectError(namespace, payload);
                    });
        }

        private static List<JsonNode> arguments(@Nullable JsonNode payload) {
            var arguments = new ArrayList<JsonNode>();
            if (payload != null) {
                payload.forEach(arguments::add);
            }
            return arguments;
        }
    }
}
