package dev.parley.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What one can say to the server, as it is described: events by docs/contract/asyncapi.yaml (a test of the web module holds that to the
 * code), addresses by the server's own {@code /openapi}. Tests that go through all of it find what is added without being told.
 */
final class Contract {

    private Contract() {}

    /** @param required whether it may not be left out */
    record Field(String name, JsonNode schema, boolean required) {

        /** Whether it names a thing; a client id is the sender's own word. */
        boolean isId() {
            return (schema.toString().contains("schemas/Id") && !name.equals("clientId")) || name.equals("rooms");
        }
    }

    record Event(String name, List<Field> fields) {}

    /** What clients may say. */
    static List<Event> events() {
        try {
            JsonNode contract = YAMLMapper.builder()
                    .build()
                    .readTree(Parley.PROJECT
                            .resolve("docs/contract/asyncapi.yaml")
                            .toFile());
            return contract.at("/channels/client/messages").properties().stream()
                    .map(event ->
                            new Event(event.getKey(), fields(event.getValue().path("payload"))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A method of an address.
     *
     * @param body fields of the JSON that it takes, if any
     */
    record Operation(String method, String path, List<String> inPath, List<String> inQuery, List<Field> body) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** What the server offers under /api. */
    static List<Operation> operations(Person person) {
        JsonNode described = person.get("/openapi?format=JSON").body();
        return described.path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation -> operation.getValue().has("responses"))
                        .map(operation -> operation(described, path, operation)))
                .toList();
    }

    private static Operation operation(
            JsonNode described, Map.Entry<String, JsonNode> path, Map.Entry<String, JsonNode> operation) {
        List<JsonNode> parameters = Stream.of(path.getValue(), operation.getValue())
                .flatMap(place -> StreamSupport.stream(place.path("parameters").spliterator(), false))
                .toList();
        List<Field> body = new ArrayList<>();
        operation
                .getValue()
                .at("/requestBody/content")
                .forEach(content -> body.addAll(fields(resolved(described, content.path("schema")))));
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        if (body.isEmpty() && operation.getValue().has("requestBody")) {
            body.addAll(undescribed(method + " " + path.getKey()));
        }
        return new Operation(
                method,
                path.getKey(),
                named(parameters, "path"),
                named(parameters, "query"),
                body.stream().distinct().toList());
    }

    /** Records of the ejb-module, which the server's description does not look into. */
    private static List<Field> undescribed(String operation) {
        return switch (operation) {
            case "PATCH /api/rooms/{id}" -> texts("name", "topic", "notify");
            case "PATCH /api/me" -> texts("displayName", "avatarUrl");
            case "PATCH /api/admin/users/{id}" -> texts("disabled", "roles", "password");
            case "POST /api/uploads" -> texts("roomId", "fileName", "contentType", "size", "sha256");
            case "PUT /api/rooms/{id}/members/{userId}" -> texts("role");
            default -> throw new AssertionError("a body that nobody has thought of here: " + operation);
        };
    }

    private static List<Field> texts(String... names) {
        return Stream.of(names)
                .map(name -> new Field(name, Person.JSON.valueToTree(Map.of("type", "string")), false))
                .toList();
    }

    private static List<String> named(List<JsonNode> parameters, String place) {
        return parameters.stream()
                .filter(parameter -> parameter.path("in").asText().equals(place))
                .map(parameter -> parameter.path("name").asText())
                .distinct()
                .toList();
    }

    private static JsonNode resolved(JsonNode described, JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : described.at(reference.substring(1));
    }

    private static List<Field> fields(JsonNode schema) {
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asText).toList();
        return schema.path("properties").properties().stream()
                .map(field -> new Field(field.getKey(), field.getValue(), required.contains(field.getKey())))
                .toList();
    }
}
