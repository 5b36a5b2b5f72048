package dev.parley.socketio.jakarta;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one argument of an event. Messages name the parameter and the field, never the value: they may travel back to the client
 * and into logs.
 */
final class PayloadArgument implements Argument {

    private final Parameter.Payload parameter;
    private final JavaType type;
    private final Shape shape;
    private final ObjectReader reader;
    private final ObjectMapper json;

    PayloadArgument(Parameter.Payload parameter, JavaType type, ObjectMapper json) {
        this.parameter = parameter;
        this.type = type;
        this.shape = Shape.of(type);
        this.json = json;
        this.reader = json.readerFor(type)
                .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .with(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        checkReadable(json);
    }

    @Override
    public @Nullable Object from(Occasion occasion) {
        JsonNode node = Arguments.event(occasion).argument(parameter.index());
        if (node.isMissingNode() || (node.isNull() && shape != Shape.JSON)) {
            if (parameter.nullable()) {
                return null;
            }
            throw new IllegalArgumentException(parameter.label() + ": missing");
        }
        if (!shape.fits(node)) {
            throw wrong("", type);
        }
        return shape == Shape.JSON ? node : read(node);
    }

    private Object read(JsonNode node) {
        try {
            return reader.readValue(node);
        } catch (ValueInstantiationException refused) {
            // a constructor that checks its arguments speaks for itself
            throw refused.getCause() instanceof RuntimeException own ? own : wrong(path(refused), refused.getType());
        } catch (MismatchedInputException mismatch) {
            Class<?> target = mismatch.getTargetType();
            throw wrong(
                    path(mismatch),
                    target == null ? type : reader.getTypeFactory().constructType(target));
        } catch (JsonMappingException unreadable) {
            throw wrong(path(unreadable), type);
        } catch (IOException unreadable) {
            throw wrong("", type);
        }
    }

    private IllegalArgumentException wrong(String path, JavaType expected) {
        return new IllegalArgumentException(parameter.label() + path + ": not " + Shape.describe(expected, json));
    }

    private static String path(JsonMappingException exception) {
        return exception.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
    }

    /** A type that Jackson cannot read fails the deployment, not the first user. */
    private void checkReadable(ObjectMapper json) {
        if (!(json.getDeserializationContext() instanceof DefaultDeserializationContext context)) {
            return; // a mapper of the application's own making
        }
        try {
            JsonDeserializer<?> found =
                    context.createDummyInstance(json.getDeserializationConfig()).findRootValueDeserializer(type);
            if (found instanceof AbstractDeserializer && !type.isJavaLangObject()) {
                throw new IllegalStateException(
                        type.toCanonical() + " is abstract and says nothing of its implementations");
            }
        } catch (JsonMappingException unreadable) {
            throw new IllegalStateException(
                    "Jackson cannot read " + type.toCanonical() + ": " + unreadable.getOriginalMessage());
        }
    }
}
