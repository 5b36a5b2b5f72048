package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.it.Contract.Event;
import dev.parley.it.Contract.Field;
import dev.parley.it.Contract.Operation;
import dev.parley.it.Person.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Nonsense in every field of everything that one can say, on PostgreSQL, which keeps less than H2: the answer says what is wrong, nothing
 * of it is kept, and the connection stays. By somebody with a role that may be quick: an answer that says "too fast" would test nothing.
 */
@ExtendWith(PostgresParley.class)
class BadInputIT {

    /** What no database or encoding keeps, as JSON. */
    private static final List<String> ILL_FORMED =
            List.of("\"a\\u0000b\"", "\"a\\ud800\"", "\"\\udc00b\"", "\"\\udc00\\ud800\"");

    /** Well formed, and still nothing to trip over. */
    private static final List<String> ODD = List.of(
            "\"a\\u202eb\"", "\"\\u200b\\u2060\"", "\"\\u0007\"", "\"<img src=x onerror=alert(1)>\"", "\"\"", "\" \"");

    private static final String LONG = "\"" + "x".repeat(16_001) + "\"";

    private static final List<String> NO_TEXT = List.of("7", "1.5", "true", "{}", "[]", "[\"a\"]");

    private static final List<String> NO_NUMBER =
            List.of("\"1\"", "1.5", "-1", "true", "{}", "[]", "9223372036854775808", "1e400", "-9223372036854775809");

    private static final List<String> NO_BOOLEAN = List.of("\"true\"", "1", "0", "{}", "[]", "\"\"");

    private static final List<String> NO_ID = Stream.concat(
                    Stream.concat(NO_TEXT.stream(), ILL_FORMED.stream()),
                    Stream.of("\"nope\"", "\"../../etc\"", "\"" + "1".repeat(5_000) + "\""))
            .toList();

    private static final List<String> NO_MEMBER = List.of("\"nope\"", "0", "1", "true", "{}", "[]", "\"ONLINE\"");

    /** Asked for by a value that is wrong; the token is no text of ours. */
    private static final Set<String> REFUSALS = Set.of("invalid", "too_large", "unauthorized");

    /** What else may come of a value that could be right. */
    private static final Set<String> ANSWERS =
            Set.of("invalid", "too_large", "unauthorized", "not_found", "conflict", "forbidden", "unsupported_type");

    /** Where a wrong password slows down whatever one's role is. */
    private static final String GUESSED = "/api/(auth/login|me/password)";

    private final Person bot;

    BadInputIT(Parley parley) {
        bot = PostgresParley.bot(parley);
    }

    @Test
    void every_event_says_what_is_wrong_and_keeps_nothing_of_it() {
        String room = bot.room("bad input");
        int said = 0;
        try (RawTab tab = new RawTab(bot);
                Chatter chatter = Chatter.connected(bot)) {
            Things own = Things.of(bot, chatter, room, bot);
            long before = lastSeq(room);
            for (Event event : Contract.events()) {
                Map<String, Object> right = own.payload(event);
                for (Field field : event.fields()) {
                    for (Map.Entry<String, Boolean> bad : bads(field).entrySet()) {
                        JsonNode answer = tab.ask(event.name(), with(right, field.name(), bad.getKey()));
                        String what = event.name() + " " + field.name() + " " + cut(bad.getKey()) + ": " + answer;
                        judge(what, answer.path("ok").asBoolean(), answer.path("error"), bad.getValue());
                        said += answer.path("ok").asBoolean()
                                        && answer.at("/data/message/clientId").equals(id(right))
                                ? 1
                                : 0;
                    }
                }
                for (String nothing : List.of("null", "7", "\"text\"", "[]", "[{}]", "true")) {
                    JsonNode answer = tab.ask(event.name(), nothing);
                    judge(
                            event.name() + " " + nothing + ": " + answer,
                            answer.path("ok").asBoolean(),
                            answer.path("error"),
                            false);
                }
            }

            assertThat(lastSeq(room) - before)
                    .as("messages kept, and messages accepted")
                    .isLessThanOrEqualTo(said);
            assertThat(tab.isOpen()).isTrue();
            assertThat(chatter.socket().connected()).isTrue();
        }
    }

    private static JsonNode id(Map<String, Object> payload) {
        return Person.JSON.valueToTree(payload.getOrDefault("clientId", ""));
    }

    private long lastSeq(String room) {
        return bot.get("/api/rooms/" + room).body().path("lastSeq").asLong();
    }

    /** Values for a field, and whether each of them must be refused. */
    private static Map<String, Boolean> bads(Field field) {
        Map<String, Boolean> bads = new LinkedHashMap<>();
        String schema = field.schema().toString();
        boolean text = field.schema().path("type").asText().equals("string");
        if ((schema.contains("schemas/Id") && !schema.contains("\"array\""))
                || schema.contains("uuid")
                || schema.contains("schemas/Instant")) {
            NO_ID.forEach(bad -> bads.put(bad, true));
        } else if (field.schema().has("enum")) {
            NO_MEMBER.forEach(bad -> bads.put(bad, true));
        } else if (schema.contains("\"boolean\"") || field.schema().has("const")) {
            NO_BOOLEAN.forEach(bad -> bads.put(bad, true));
        } else if (schema.contains("\"integer\"") && !schema.contains("\"array\"")) {
            NO_NUMBER.forEach(
                    bad -> bads.put(bad, !bad.equals("-1") || field.schema().has("minimum")));
        } else if (text) {
            Stream.concat(NO_TEXT.stream(), ILL_FORMED.stream()).forEach(bad -> bads.put(bad, true));
            bads.put(LONG, field.schema().has("maxLength"));
            // the last: what is accepted once is the same message ever after
            ODD.forEach(bad -> bads.put(bad, false));
        } else {
            Stream.of(NO_TEXT, ILL_FORMED, ODD).flatMap(List::stream).forEach(bad -> bads.put(bad, false));
            bads.put("[".repeat(900) + "]".repeat(900), false);
            bads.put("{\"a\":\"\\ud800\"}", false);
        }
        // what else is required by the description may be left out to a server that knows what is meant
        bads.put("null", field.required() && field.isId());
        return bads;
    }

    private static void judge(String what, boolean accepted, JsonNode error, boolean wrong) {
        if (accepted) {
            assertThat(wrong).as("accepted: " + what).isFalse();
            return;
        }
        String code = error.path("code").asText();
        assertThat(wrong ? REFUSALS : ANSWERS).as(what).contains(code);
        assertThat(error.path("message").asText(error.path("detail").asText()))
                .as(what)
                .isNotBlank();
        if (code.equals("too_large")) {
            assertThat(error.findValue("limit")).as(what).isNotNull();
        }
    }

    private static String with(Map<String, Object> right, String field, String bad) {
        return Stream.concat(
                        right.entrySet().stream()
                                .filter(entry -> !entry.getKey().equals(field))
                                .map(entry -> Person.text(entry.getKey()) + ":" + Person.text(entry.getValue())),
                        Stream.of(Person.text(field) + ":" + bad))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "… (" + text.length() + ")";
    }

    @Test
    void every_body_says_what_is_wrong() {
        Things own = Things.ofNobody();
        JsonNode me = bot.get("/api/me").body();
        for (Operation operation : Contract.operations(bot)) {
            if (operation.body().isEmpty() || operation.path().startsWith("/api/admin/")) {
                continue;
            }
            String path = operation.path().replaceAll("\\{\\w+}", own.room());
            Map<String, Object> right = own.values(operation.body());
            for (Field field : operation.body()) {
                for (String bad : bads(field).keySet()) {
                    judged(
                            operation + " " + field.name() + " " + cut(bad),
                            operation.method(),
                            path,
                            with(right, field.name(), bad));
                }
            }
            for (String nothing : List.of("", "null", "7", "[]", "{", "\"text\"", "{\"a\":1}}")) {
                judged(operation + " with " + nothing, operation.method(), path, nothing);
            }
        }
        assertThat(bot.get("/api/me").body().path("username")).isEqualTo(me.path("username"));
    }

    @Test
    void texts_that_cannot_be_kept_change_nothing() {
        String room = bot.room("as it was");
        JsonNode me = bot.get("/api/me").body();
        JsonNode before = bot.get("/api/rooms/" + room).body();
        for (String bad : ILL_FORMED) {
            assertThat(judged("me", "PATCH", "/api/me", "{\"displayName\":" + bad + "}"))
                    .isEqualTo("invalid");
            assertThat(judged("name", "PATCH", "/api/rooms/" + room, "{\"name\":" + bad + "}"))
                    .isEqualTo("invalid");
            assertThat(judged("topic", "PATCH", "/api/rooms/" + room, "{\"name\":\"New\",\"topic\":" + bad + "}"))
                    .isEqualTo("invalid");
            assertThat(judged("login", "POST", "/api/auth/login", "{\"username\":" + bad + ",\"password\":\"x\"}"))
                    .isEqualTo("invalid");
        }
        assertThat(bot.get("/api/me").body()).isEqualTo(me);
        assertThat(bot.get("/api/rooms/" + room).body()).isEqualTo(before);
    }

    /** @return the code of the refusal, or nothing */
    private String judged(String what, String method, String path, String body) {
        Answer answer = bot.send(bot.request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.status()).as("%s: %s", what, answer.raw().body()).isLessThan(500);
        if (answer.status() >= 400) {
            assertThat(answer.code()).as("%s: %s", what, answer.raw().body()).isNotEmpty();
            if (!path.matches(GUESSED)) {
                assertThat(answer.code()).as(what).isNotEqualTo("rate_limited");
            }
            assertThat(answer.body().path("detail").asText()).as(what).isNotBlank();
        }
        return answer.code();
    }

    @Test
    void every_parameter_says_what_is_wrong() {
        List<String> bads = List.of(
                "\0",
                "a\0b",
                "-1",
                "nope",
                "1.5",
                "99999999999999999999",
                "x".repeat(3_000),
                "+1000000000-12-31T23:59:59Z",
                "\u202e",
                "%",
                "' or 1=1 --");
        String room = bot.room("parameters");
        for (Operation operation : Contract.operations(bot)) {
            if (!operation.method().equals("GET")) {
                continue;
            }
            String path = operation.path().replaceAll("\\{\\w+}", room);
            for (String bad : bads) {
                String encoded = URLEncoder.encode(bad, StandardCharsets.UTF_8).replace("+", "%20");
                for (String parameter : operation.inQuery()) {
                    Answer answer =
                            bot.get(path + "?" + parameter + "=" + encoded + (parameter.equals("q") ? "" : "&q=a"));
                    assertThat(answer.status())
                            .as(
                                    "%s %s=%s: %s",
                                    operation, parameter, cut(bad), answer.raw().body())
                            .isLessThan(500)
                            .isNotEqualTo(429);
                }
                if (!operation.inPath().isEmpty()) {
                    Answer answer = bot.get(operation.path().replaceAll("\\{\\w+}", encoded));
                    assertThat(answer.status())
                            .as("%s in its path: %s", operation, cut(bad))
                            .isBetween(400, 499);
                }
            }
        }
    }

    @Test
    void names_are_refused_with_the_limit_and_kept_up_to_it() {
        String room = bot.room("limits");
        String smile = "\uD83D\uDE42";

        assertThat(bot.patch("/api/me", Map.of("displayName", smile.repeat(100)))
                        .status())
                .isEqualTo(200);
        assertThat(bot.patch("/api/rooms/" + room, Map.of("name", smile.repeat(80), "topic", smile.repeat(1_000)))
                        .status())
                .isEqualTo(200);
        Answer longName = bot.patch("/api/rooms/" + room, Map.of("name", smile.repeat(81)));
        Answer invisible = bot.patch("/api/rooms/" + room, Map.of("name", "\u200b\u3164"));
        Answer turned = bot.patch("/api/me", Map.of("displayName", "Ada\u202eecila"));

        assertThat(longName.code()).isEqualTo("too_large");
        assertThat(longName.body().at("/errors/limit").asInt()).isEqualTo(80);
        assertThat(invisible.code()).isEqualTo("invalid");
        assertThat(turned.code()).isEqualTo("invalid");
        assertThat(bot.get("/api/me").body().path("displayName").asText()).isEqualTo(smile.repeat(100));
        try (RawTab tab = new RawTab(bot)) {
            String message = "{\"roomId\":\"" + room + "\",\"clientId\":\"%s\",\"text\":\"%s\"}";
            String id = java.util.UUID.randomUUID().toString();
            JsonNode tooLong = tab.ask("message_send", message.formatted(id, smile.repeat(16_001)));
            assertThat(tooLong.at("/error/code").asText()).isEqualTo("too_large");
            assertThat(tooLong.at("/error/details/limit").asInt()).isEqualTo(16_000);
            assertThat(tab.ask("message_send", message.formatted(id, "\u200b\u2060"))
                            .at("/error/code")
                            .asText())
                    .isEqualTo("invalid");
            JsonNode longest = tab.ask("message_send", message.formatted(id, smile.repeat(16_000)));
            assertThat(Things.accepted(longest).at("/message/text").asText()).isEqualTo(smile.repeat(16_000));
        }
    }

    @Test
    void who_has_a_role_goes_by_its_rates() {
        Person person = Person.registered(bot.parley(), "slow");

        assertThat(refusedOf(person, 40)).isPositive();
        assertThat(refusedOf(bot, 40)).isZero();
    }

    private static long refusedOf(Person person, int messages) {
        String room = person.room("flood");
        try (Chatter tab = Chatter.connected(person)) {
            return Stream.generate(() -> tab.ask("message_send", ChatContract.message(room, "m")))
                    .limit(messages)
                    .filter(answer -> answer.at("/error/code").asText().equals("rate_limited"))
                    .count();
        }
    }
}
