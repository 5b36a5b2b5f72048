package dev.parley.web.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.presence.Presence;
import dev.parley.users.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static final UUID ID = UUID.fromString("0192f0c1-7b5e-7c3a-9d55-0b8c5d3f2a11");

    private final ObjectMapper mapper = Json.mapper();

    record Sample(
            Instant at,
            Optional<String> some,
            Optional<String> none,
            @Nullable String nothing,
            List<String> empty) {}

    record Typing(UUID roomId, boolean on, @Nullable Integer limit) {}

    @Test
    void writes_instants_with_exactly_three_decimals_and_leaves_out_what_is_absent() throws Exception {
        Sample sample =
                new Sample(Instant.parse("2026-11-22T08:00:00Z"), Optional.of("x"), Optional.empty(), null, List.of());

        String json = mapper.writeValueAsString(sample);

        assertThat(json).isEqualTo("{\"at\":\"2026-11-22T08:00:00.000Z\",\"some\":\"x\",\"empty\":[]}");
    }

    @Test
    void cuts_what_is_finer_than_milliseconds() {
        assertThat(Json.text(Instant.parse("2026-11-22T08:00:00.123987Z"))).isEqualTo("2026-11-22T08:00:00.123Z");
    }

    @Test
    void shows_people_and_presence_as_the_contract_has_them() throws Exception {
        assertThat(mapper.writeValueAsString(new User(ID, "alice", "Alice", null)))
                .isEqualTo("{\"id\":\"" + ID + "\",\"username\":\"alice\",\"displayName\":\"Alice\"}");
        assertThat(mapper.writeValueAsString(new Presence(ID, Presence.Status.IN_CALL, "On the phone", null, null)))
                .isEqualTo("{\"userId\":\"" + ID + "\",\"status\":\"in_call\",\"statusText\":\"On the phone\"}");
    }

    @Test
    void ignores_unknown_fields_and_takes_boxed_ones_as_optional() throws Exception {
        Typing typing = mapper.readValue("{\"roomId\":\"" + ID + "\",\"on\":true,\"colour\":\"red\"}", Typing.class);

        assertThat(typing).isEqualTo(new Typing(ID, true, null));
    }

    @Test
    void refuses_missing_primitives_and_wrong_types() {
        for (String json : List.of(
                "{\"roomId\":\"" + ID + "\"}",
                "{\"roomId\":\"" + ID + "\",\"on\":\"true\"}",
                "{\"roomId\":\"" + ID + "\",\"on\":1}",
                "{\"roomId\":\"not an id\",\"on\":true}",
                "{\"roomId\":\"" + ID + "\",\"on\":true,\"limit\":\"3\"}",
                "{\"roomId\":\"" + ID + "\",\"on\":true,\"limit\":3.5}",
                "{\"roomId\":\"" + ID + "\",\"on\":true} {}",
                "[]",
                "{\"roomId\":")) {
            assertThatExceptionOfType(JsonProcessingException.class)
                    .as(json)
                    .isThrownBy(() -> mapper.readValue(json, Typing.class));
        }
    }

    @Test
    void reads_no_number_as_text() {
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() ->
                        mapper.readValue("{\"id\":\"" + ID + "\",\"username\":5,\"displayName\":\"x\"}", User.class));
    }
}
