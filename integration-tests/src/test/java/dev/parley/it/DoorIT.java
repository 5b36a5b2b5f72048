package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.it.Person.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** §2 of the contract: who gets in at the socket door, and how the others are told. */
@ExtendWith(SharedParley.class)
class DoorIT {

    private final Parley parley;

    DoorIT(Parley parley) {
        this.parley = parley;
    }

    @Test
    void the_snapshot_comes_first() {
        Person ann = Person.registered(parley, "ann");
        String room = ann.room("mine");

        try (Chatter tab = Chatter.connected(ann)) {
            JsonNode session = tab.awaitEvent("session", any -> true);

            assertThat(tab.heard().stream().map(Chatter.Heard::event).filter(event -> !event.equals("connect")))
                    .first()
                    .isEqualTo("session");
            assertThat(session.path("user").path("id").asText()).isEqualTo(ann.id());
            assertThat(session.path("rooms").findValuesAsText("id")).contains(room);
            assertThat(session.path("sessionId").asText()).isNotEmpty();
            assertThat(session.path("tokenExpiresAt").asText()).endsWith("Z");
            assertThat(session.path("presence").isArray()).isTrue();
            assertThat(session.path("calls").isArray()).isTrue();
            assertThat(session.path("limits").path("messageLength").asInt()).isPositive();
        }
    }

    @Test
    void nobody_gets_in_without_a_token_or_with_a_forged_one() {
        Person ann = Person.registered(parley, "ann");
        String[] parts = ann.token().split("\\.", -1);

        assertThat(refusal("")).isEqualTo("token_missing");
        assertThat(refusal("nonsense")).isEqualTo("token_invalid");
        assertThat(refusal(ForgedToken.by(parts[0], parts[1]))).isEqualTo("token_invalid");
        assertThat(refusal("eyJhbGciOiJub25lIn0." + parts[1] + ".")).isEqualTo("token_invalid");
    }

    @Test
    void a_foreign_origin_is_refused_on_both_transports() throws IOException {
        assertThat(handshake("transport=polling", "http://evil.example", "")).startsWith("HTTP/1.1 403");
        assertThat(handshake("transport=websocket", "http://evil.example", UPGRADE))
                .startsWith("HTTP/1.1 403");
        assertThat(handshake("transport=polling", "http://localhost:" + parley.port(), ""))
                .startsWith("HTTP/1.1 200");
        assertThat(handshake("transport=websocket", "http://localhost:" + parley.port(), UPGRADE))
                .startsWith("HTTP/1.1 101");
    }

    @Test
    void an_unknown_event_is_answered_and_nothing_is_closed() {
        Person ann = Person.registered(parley, "ann");
        try (Chatter tab = Chatter.connected(ann)) {
            JsonNode unknown = tab.ask("no_such_event", Map.of());
            JsonNode wrongType = tab.ask("message_send", Map.of("roomId", 7, "text", Map.of()));
            JsonNode tooLong = tab.ask(
                    "message_send",
                    Map.of(
                            "roomId", ann.room("long"),
                            "clientId", "11111111-1111-4111-8111-111111111111",
                            "text", "x".repeat(60_000)));

            assertThat(unknown.path("error").path("code").asText()).isEqualTo("invalid");
            assertThat(wrongType.path("error").path("code").asText()).isEqualTo("invalid");
            assertThat(tooLong.path("error").path("code").asText()).isIn("invalid", "too_large");
            assertThat(tab.socket().connected()).isTrue();
        }
    }

    @Test
    void who_says_too_much_is_told_how_long_to_wait() {
        Person ann = Person.registered(parley, "ann");
        String room = ann.room("flood");
        try (Chatter tab = Chatter.connected(ann)) {
            JsonNode last = Person.JSON.missingNode();
            for (int i = 0; i < 60 && last.path("ok").asBoolean(true); i++) {
                last = tab.ask("message_send", ChatContract.message(room, "m" + i));
            }

            assertThat(last.path("error").path("code").asText()).as("%s", last).isEqualTo("rate_limited");
            assertThat(last.path("error").path("retryAfterMs").asLong()).isBetween(1L, 5_000L);
        }
    }

    @Test
    void people_see_each_other_come_and_go() {
        Person ann = Person.registered(parley, "ann");
        Person ben = Person.registered(parley, "ben");
        ann.roomWith(ben);

        try (Chatter annsTab = Chatter.connected(ann)) {
            try (Chatter bensTab = Chatter.connected(ben);
                    Chatter bensOtherTab = Chatter.connected(ben)) {
                JsonNode online = annsTab.awaitEvent(
                        "user_online", data -> data.path("userId").asText().equals(ben.id()));
                assertThat(online.path("status").asText()).isEqualTo("online");
                assertThat(bensTab.socket().connected() && bensOtherTab.socket().connected())
                        .isTrue();
            }
            JsonNode offline = annsTab.awaitEvent(
                    "user_offline", data -> data.path("userId").asText().equals(ben.id()));

            assertThat(offline.path("lastSeenAt").asText()).endsWith("Z");
            assertThat(annsTab.count(
                            "user_online", data -> data.path("userId").asText().equals(ben.id())))
                    .as("two tabs are one presence")
                    .isEqualTo(1);
        }
    }

    @Test
    void relay_credentials_are_made_for_the_moment() {
        Person ann = Person.registered(parley, "ann");

        Answer answer = ann.get("/api/ice-servers");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode turn = answer.body().path("iceServers").findParent("credential");
        assertThat(turn.path("username").asText()).matches("\\d+:.+");
        assertThat(turn.path("credential").asText()).isNotEmpty();
        assertThat(answer.body().toString()).contains("stun:");
        assertThat(answer.body().path("ttlMs").asLong()).isPositive();
    }

    @Test
    void what_can_be_asked_over_http_is_written_down() {
        Person ann = Person.registered(parley, "ann");

        Answer answer = ann.get("/openapi?format=JSON");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("paths").has("/api/rooms/{id}/messages"))
                .as("paths: %s", answer.body().path("paths"))
                .isTrue();
    }

    private String refusal(String token) {
        try (Chatter chatter = Chatter.trying(parley, token)) {
            return chatter.awaitEvent("connect_error", any -> true)
                    .path("data")
                    .path("code")
                    .asText();
        }
    }

    private static final String UPGRADE = String.join(
            "\r\n",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");

    /** The status line that a browser of that origin gets. */
    private String handshake(String query, String origin, String more) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), parley.port())) {
            socket.setSoTimeout(10_000);
            String request = "GET /socket.io/?EIO=4&" + query + " HTTP/1.1\r\nHost: localhost:" + parley.port()
                    + "\r\nOrigin: " + origin + "\r\n" + more
                    + (more.isEmpty() ? "Connection: close\r\n" : "Connection: Upgrade\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes(12);
            return new String(start, StandardCharsets.ISO_8859_1);
        }
    }
}
