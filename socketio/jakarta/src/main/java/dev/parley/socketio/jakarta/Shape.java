package dev.parley.socketio.jakarta;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What JSON a parameter expects: Jackson alone would take {@code "5"} for a number and a number for a string. */
enum Shape {
    JSON,
    TEXT,
    WHOLE,
    NUMBER,
    TRUTH,
    BINARY,
    OTHER;

    private static final Set<Class<?>> WHOLE_TYPES = Set.of(
            byte.class,
            Byte.class,
            short.class,
            Short.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            BigInteger.class);

    static Shape of(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == JsonNode.class) {
            return JSON;
        }
        if (raw == byte[].class) {
            return BINARY;
        }
        if (raw == String.class) {
            return TEXT;
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return TRUTH;
        }
        if (WHOLE_TYPES.contains(raw)) {
            return WHOLE;
        }
        return Number.class.isAssignableFrom(raw) || raw == double.class || raw == float.class ? NUMBER : OTHER;
    }

    boolean fits(JsonNode node) {
        return switch (this) {
            case JSON, OTHER -> true;
            case TEXT -> node.isTextual();
            case WHOLE -> node.isIntegralNumber();
            case NUMBER -> node.isNumber();
            case TRUTH -> node.isBoolean();
            case BINARY -> node.isBinary();
        };
    }

    /** For a client's developer: no class names of the server beyond the simple one. */
    static String describe(JavaType type, ObjectMapper json) {
        return switch (of(type)) {
            case TEXT -> "a string";
            case WHOLE -> "a whole number in range";
            case NUMBER -> "a number";
            case TRUTH -> "true or false";
            case BINARY -> "binary";
            case JSON, OTHER -> describeOther(type, json);
        };
    }

    private static String describeOther(JavaType type, ObjectMapper json) {
        if (type.isEnumType()) {
            return Arrays.stream(type.getRawClass().getEnumConstants())
                    .map(constant -> word(constant, json))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type.isCollectionLikeType() || type.isArrayType()) {
            return "a list";
        }
        return type.hasRawClass(UUID.class)
                ? "a UUID"
                : "a valid " + type.getRawClass().getSimpleName();
    }

    /** What a client writes for it: {@code @JsonProperty} and {@code @JsonValue} may say otherwise than Java. */
    private static String word(Object constant, ObjectMapper json) {
        try {
            return json.valueToTree(constant).asText();
        } catch (IllegalArgumentException unwritable) {
            return constant.toString();
        }
    }
}
