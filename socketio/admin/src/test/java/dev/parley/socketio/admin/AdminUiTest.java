package dev.parley.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.jakarta.Settings;
import dev.parley.socketio.testkit.ManualTime;
import dev.parley.socketio.testkit.Received;
import dev.parley.socketio.testkit.TestApplication;
import dev.parley.socketio.testkit.TestServer;
import dev.parley.socketio.testkit.TestSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminUiTest {

    private static final String HASH = BCrypt.withDefaults().hashToString(4, "secret".toCharArray());
    private static final Map<String, String> LOGIN = Map.of("username", "ada", "password", "secret");

    private final ManualTime time = new ManualTime();
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private TestServer server = serve(AdminOptions.of("ada", HASH));

    private TestServer serve(AdminOptions options) {
        AdminUi admin = new AdminUi(options, () -> now);
        TestServer fresh = TestServer.create(builder -> builder.listener(admin));
        admin.start(fresh.server(), time);
        return fresh;
    }

    @AfterEach
    void close() {
        server.close();
    }

    private TestSocket login(Object auth) {
        return server.join("/admin", auth);
    }

    @Test
    void says_invalid_credentials_whatever_is_wrong() {
        for (Object auth : new Object[] {
            Map.of(),
            Map.of("username", "ada", "password", "wrong"),
            Map.of("username", "eve", "password", "secret"),
            Map.of("username", "ada"),
            Map.of("sessionId", "0123456789abcdef")
        }) {
            assertThat(login(auth).refusal()).hasToString("{\"message\":\"invalid credentials\"}");
        }
    }

    @Test
    void lets_nobody_try_passwords_in_numbers() {
        TestSocket last = login(Map.of());
        for (int i = 0; i < Attempts.PER_ADDRESS; i++) {
            last = server.client().address("203.0.113.9").connect().join("/admin", Map.of());
        }
        TestSocket limited = server.client().address("203.0.113.9").connect().join("/admin", LOGIN);
        TestSocket other = login(LOGIN);
        now = now.plus(Attempts.WINDOW);
        TestSocket later = server.client().address("203.0.113.9").connect().join("/admin", LOGIN);

        assertThat(last.refusal().path("message").asText()).isEqualTo("invalid credentials");
        assertThat(limited.refusal()).hasToString("{\"message\":\"too many attempts\"}");
        assertThat(other.isConnected()).isTrue();
        assertThat(later.isConnected()).isTrue();
    }

    @Test
    void remembers_who_has_logged_in_and_says_so_after_the_connect() {
        String session = login(LOGIN).hear("session").asText();

        TestSocket again = login(Map.of("sessionId", session));

        assertThat(session).matches("[0-9a-f]{16}");
        assertThat(again.isConnected()).isTrue();
        assertThat(again.events()).doesNotContain("session").contains("config", "all_sockets");

        now = now.plus(Duration.ofDays(8));
        assertThat(login(Map.of("sessionId", session)).refusal().path("message").asText())
                .isEqualTo("invalid credentials");
    }

    @Test
    void keeps_a_bounded_number_of_sessions() {
        Sessions sessions = new Sessions(() -> now);
        String first = sessions.begin();
        for (int i = 0; i < 1_000; i++) {
            sessions.begin();
        }

        assertThat(sessions.size()).isEqualTo(1_000);
        assertThat(sessions.isKnown(first)).isFalse();
    }

    @Test
    void shows_sockets_without_their_secrets() {
        server.client()
                .header("Cookie", "JSESSIONID=topsecret")
                .header("Authorization", "Bearer topsecret")
                .header("User-Agent", "Firefox")
                .query("token", "topsecret")
                .connect()
                .join("/", Map.of("token", "topsecret"));

        JsonNode sockets = login(LOGIN).hear("all_sockets");

        JsonNode shown = sockets.get(0).path("nsp").asText().equals("/") ? sockets.get(0) : sockets.get(1);
        assertThat(shown.path("transport").asText()).isEqualTo("websocket");
        assertThat(shown.path("rooms")).hasSize(1);
        assertThat(shown.path("handshake").path("headers").path("user-agent").asText())
                .isEqualTo("Firefox");
        assertThat(shown.path("handshake").path("headers").path("cookie").asText())
                .isEqualTo("(not shown)");
        assertThat(shown.path("handshake").path("issued").isNumber()).isTrue();
        assertThat(sockets.toString()).doesNotContain("topsecret");
    }

    @Test
    void tells_what_happens_as_it_happens() {
        TestSocket admin = login(LOGIN);
        admin.take();

        TestSocket ada = server.join();
        server.socket(ada).join("lobby");
        server.socket(ada).data().put("name", "ada");
        ada.emit("say", "hi");
        server.server().of("/").emit("said", 7);
        server.socket(ada).leave("lobby");
        ada.disconnect();

        List<String> heard = admin.take().stream()
                .map(Received::toString)
                .map(line -> line.replace(ada.id(), "ID").replaceAll("\"2026[^\"]+\"", "NOW"))
                .toList();
        assertThat(heard)
                .contains(
                        "[\"room_joined\",\"/\",\"ID\",\"ID\",NOW]",
                        "[\"room_joined\",\"/\",\"lobby\",\"ID\",NOW]",
                        "[\"event_received\",\"/\",\"ID\",[\"say\",\"hi\"],NOW]",
                        "[\"event_sent\",\"/\",\"ID\",[\"said\",7],NOW]",
                        "[\"room_left\",\"/\",\"lobby\",\"ID\",NOW]",
                        "[\"socket_disconnected\",\"/\",\"ID\",\"client namespace disconnect\",NOW]")
                .anySatisfy(line -> assertThat(line).startsWith("[\"socket_connected\",{\"id\":\"ID\""))
                .anySatisfy(line ->
                        assertThat(line).startsWith("[\"socket_updated\",").contains("\"data\":{\"name\":\"ada\"}"));
    }

    @Test
    void sums_up_every_two_seconds() {
        server.join();
        TestSocket admin = login(LOGIN);

        time.advance(Duration.ofSeconds(2));

        JsonNode stats = admin.hear("server_stats");
        assertThat(stats.path("clientsCount").asInt()).isEqualTo(2);
        assertThat(stats.path("pollingClientsCount").asInt()).isZero();
        assertThat(stats.path("namespaces").toString())
                .contains("{\"name\":\"/\",\"socketsCount\":1}")
                .containsPattern("\"/admin\"");
        assertThat(stats.path("aggregatedEvents").toString())
                .contains("\"type\":\"rawConnection\",\"count\":2")
                .contains("packetsIn", "bytesOut");

        time.advance(Duration.ofSeconds(2));
        assertThat(admin.hear("server_stats").path("aggregatedEvents").toString())
                .doesNotContain("rawConnection");
    }

    @Test
    void does_what_an_administrator_says() {
        TestSocket ada = server.join();
        TestSocket bob = server.join();
        TestSocket admin = login(LOGIN);

        admin.emit("join", "/", "lobby", ada.id());
        admin.emit("emit", "/", "lobby", "to lobby", 1, List.of(2));
        admin.emit("emit", "/", null, "to all");
        admin.emit("leave", "/", "lobby", null);
        admin.emit("emit", "/", "lobby", "to nobody");
        admin.emit("emit", "/", null, "disconnect")
                .emit("emit", "/nowhere", null, "x")
                .emit("join", "/", 5);
        admin.emit("_disconnect", "/", false, bob.id());

        assertThat(ada.received()).hasToString("[[\"to lobby\",1,[2]], [\"to all\"]]");
        assertThat(bob.received()).hasToString("[[\"to all\"]]");
        assertThat(bob.isConnected()).isFalse();
        assertThat(ada.isConnected()).isTrue();
        assertThat(admin.isConnected()).isTrue();
        assertThat(server.server().namespaces()).hasSize(2);
    }

    @Test
    void does_nothing_for_who_may_only_look() {
        server.close();
        server = serve(AdminOptions.of("ada", HASH).lookingOnly());
        TestSocket ada = server.join();
        TestSocket admin = login(LOGIN);

        admin.emit("emit", "/", null, "to all").emit("_disconnect", "/", true, null);

        assertThat(admin.hear("config")).hasToString("{\"supportedFeatures\":[\"AGGREGATED_EVENTS\",\"ALL_EVENTS\"]}");
        assertThat(ada.received()).isEmpty();
        assertThat(ada.isConnected()).isTrue();
    }

    @Test
    void keeps_to_sums_in_production() {
        server.close();
        server = serve(AdminOptions.of("ada", HASH).with(AdminOptions.Mode.PRODUCTION));
        TestSocket admin = login(LOGIN);
        server.join().emit("say", "hi");

        time.advance(Duration.ofSeconds(2));

        assertThat(admin.events()).containsExactly("session", "config", "server_stats");
        assertThat(admin.hear("config").toString()).doesNotContain("ALL_EVENTS").contains("MDISCONNECT");
    }

    @Test
    void is_off_unless_it_is_configured() {
        try (TestApplication application = TestApplication.of(AdminStarter.class)) {
            assertThat(application.server().join("/admin", LOGIN).refusal())
                    .hasToString("{\"message\":\"Invalid namespace\"}");
        }
    }

    @Test
    void starts_with_the_application_when_it_is() {
        System.setProperty("socketio.admin.username", "ada");
        System.setProperty("socketio.admin.password", HASH);
        try (TestApplication application = TestApplication.of(AdminStarter.class)) {
            assertThat(application.server().join("/admin", LOGIN).isConnected()).isTrue();
        } finally {
            System.clearProperty("socketio.admin.username");
            System.clearProperty("socketio.admin.password");
        }
    }

    @Test
    void says_which_setting_cannot_be_used() {
        assertThatThrownBy(() -> read(Map.of("socketio.admin.username", "ada")))
                .hasMessageContaining("belong together");
        assertThatThrownBy(() -> read(Map.of("socketio.admin.username", "ada", "socketio.admin.password", "secret")))
                .hasMessageContaining("must be a bcrypt hash")
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> read(Map.of("socketio.admin.colour", "red")))
                .hasMessage("socketio.admin.colour is no setting");
        assertThatThrownBy(() -> read(Map.of(
                        "socketio.admin.username", "ada", "socketio.admin.password", HASH, "socketio.admin.mode", "x")))
                .hasMessageContaining("development or production");
    }

    private static Optional<AdminOptions> read(Map<String, String> settings) {
        return AdminStarter.configured(new Settings() {
            @Override
            public Optional<String> value(String key) {
                return Optional.ofNullable(settings.get(key));
            }

            @Override
            public Stream<String> names() {
                return settings.keySet().stream();
            }
        });
    }
}
