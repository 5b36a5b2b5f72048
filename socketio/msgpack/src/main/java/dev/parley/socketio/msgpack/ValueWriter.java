package dev.parley.socketio.msgpack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import org.msgpack.core.MessagePacker;

/** Writes values as JavaScript would: a number is an integer when it is whole. */
record ValueWriter(MessagePacker out, ObjectMapper mapper) {

    /** Beyond it a JavaScript number may be another than it says: 2^53. */
    private static final double SAFE = 9007199254740992.0;

    private static final int UNSIGNED_LONG = 64;

    void write(JsonNode node) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.packMapHeader(node.size());
                for (var field : node.properties()) {
                    out.packString(field.getKey());
                    write(field.getValue());
                }
            }
            case ARRAY -> {
                out.packArrayHeader(node.size());
                for (var element : node) {
                    write(element);
                }
            }
            case BINARY -> {
                var bytes = ((BinaryNode) node).binaryValue();
                out.packBinaryHeader(bytes.length);
                out.writePayload(bytes);
            }
            case NUMBER -> number(node);
            case STRING -> out.packString(node.textValue());
            case BOOLEAN -> out.packBoolean(node.booleanValue());
            case NULL, MISSING -> out.packNil();
            case POJO -> write(mapper.<JsonNode>valueToTree(((POJONode) node).getPojo()));
        }
    }

    private void number(JsonNode node) throws IOException {
        if (node.isIntegralNumber()) {
            integer(node);
        } else {
            double value = node.doubleValue();
            if (Math.rint(value) == value && Math.abs(value) <= SAFE) {
                out.packLong((long) value);
            } else {
                out.packDouble(value);
            }
        }
    }

    private void integer(JsonNode node) throws IOException {
        if (node.canConvertToLong()) {
            out.packLong(node.longValue());
        } else if (node.bigIntegerValue().signum() > 0 && node.bigIntegerValue().bitLength() <= UNSIGNED_LONG) {
            out.packBigInteger(node.bigIntegerValue());
        } else {
            out.packDouble(node.doubleValue());
        }
    }
}
