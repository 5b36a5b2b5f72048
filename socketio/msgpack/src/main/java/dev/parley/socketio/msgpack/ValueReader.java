package dev.parley.socketio.msgpack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.parley.engineio.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/** Reads the values of one message, within bounds: it comes from who knows where. */
final class ValueReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** As JavaScript writes dates into JSON. */
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    /** How notepack.io, the clients' encoder, writes what MessagePack has no word for. */
    private static final byte NOTEPACK = 0;

    private static final byte TIMESTAMP = -1;

    private final MessageUnpacker in;
    private final int length;
    private int containers;

    ValueReader(byte[] message) {
        this.in = MessagePack.newDefaultUnpacker(message);
        this.length = message.length;
    }

    boolean atEnd() {
        return in.getTotalReadBytes() == length;
    }

    int mapHeader() throws IOException {
        return bounded(in.unpackMapHeader());
    }

    String string() throws IOException {
        return new String(in.readPayload(bounded(in.unpackRawStringHeader())), StandardCharsets.UTF_8);
    }

    void skip() throws IOException {
        in.skipValue();
    }

    /** A value; missing when it is JavaScript's undefined. */
    JsonNode value(int depth) throws IOException {
        return switch (in.getNextFormat().getValueType()) {
            case NIL -> {
                in.unpackNil();
                yield NODES.nullNode();
            }
            case BOOLEAN -> NODES.booleanNode(in.unpackBoolean());
            case INTEGER -> integer();
            case FLOAT -> NODES.numberNode(in.unpackDouble());
            case STRING -> NODES.textNode(string());
            case BINARY -> NODES.binaryNode(in.readPayload(bounded(in.unpackBinaryHeader())));
            case ARRAY -> array(depth);
            case MAP -> object(depth);
            case EXTENSION -> extension();
        };
    }

    private JsonNode integer() throws IOException {
        if (in.getNextFormat() == MessageFormat.UINT64) {
            var value = in.unpackBigInteger();
            return value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
        }
        long value = in.unpackLong();
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    private JsonNode array(int depth) throws IOException {
        int size = bounded(in.unpackArrayHeader());
        enter(depth);
        var array = NODES.arrayNode();
        for (int i = 0; i < size; i++) {
            array.add(defined(value(depth + 1)));
        }
        return array;
    }

    private JsonNode object(int depth) throws IOException {
        int size = mapHeader();
        enter(depth);
        var object = NODES.objectNode();
        for (int i = 0; i < size; i++) {
            var key = value(depth + 1);
            if (!key.isTextual() && !key.isIntegralNumber()) {
                throw new ProtocolException("a key that is neither text nor a whole number");
            }
            object.set(key.asText(), defined(value(depth + 1)));
        }
        return object;
    }

    private static JsonNode defined(JsonNode value) {
        return value.isMissingNode() ? NullNode.getInstance() : value;
    }

    private void enter(int depth) {
        if (depth >= MsgPackParser.MAX_DEPTH) {
            throw new ProtocolException("nested deeper than " + MsgPackParser.MAX_DEPTH);
        }
        if (++containers > MsgPackParser.MAX_CONTAINERS) {
            throw new ProtocolException("more than " + MsgPackParser.MAX_CONTAINERS + " arrays and maps");
        }
    }

    private JsonNode extension() throws IOException {
        var header = in.unpackExtensionTypeHeader();
        var data = ByteBuffer.wrap(in.readPayload(bounded(header.getLength())));
        if (header.getType() == NOTEPACK && data.remaining() == 1) {
            return MissingNode.getInstance(); // undefined
        }
        if (header.getType() == NOTEPACK && data.remaining() == Long.BYTES) {
            return date(Instant.ofEpochMilli(data.getLong()));
        }
        if (header.getType() == TIMESTAMP) {
            return date(timestamp(data));
        }
        throw new ProtocolException("unknown extension type " + header.getType());
    }

    /** The three forms of MessagePack's own timestamp. */
    private static Instant timestamp(ByteBuffer data) {
        return switch (data.remaining()) {
            case 4 -> Instant.ofEpochSecond(Integer.toUnsignedLong(data.getInt()));
            case 8 -> {
                long both = data.getLong();
                yield Instant.ofEpochSecond(both & 0x3_ffff_ffffL, both >>> 34);
            }
            case 12 -> {
                int nanos = data.getInt();
                yield instant(data.getLong(), nanos);
            }
            default -> throw new ProtocolException("a timestamp of " + data.remaining() + " bytes");
        };
    }

    private static Instant instant(long seconds, int nanos) {
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new ProtocolException("a timestamp out of bounds");
        }
    }

    private static TextNode date(Instant instant) {
        return NODES.textNode(ISO.format(instant));
    }

    /** No more elements or bytes than the message can hold: whatever follows takes a byte at least. */
    private int bounded(int size) {
        if (size < 0 || size > length - in.getTotalReadBytes()) {
            throw new ProtocolException("a length of " + size + " in a message of " + length + " bytes");
        }
        return size;
    }
}
