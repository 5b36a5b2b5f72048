package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.TransportName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketOptionsTest {

    @AfterEach
    void forget() {
        System.clearProperty("socketio.ping-interval");
    }

    @Test
    void are_those_of_the_reference_server_when_nothing_is_configured() {
        SocketOptions options = read(Map.of());

        assertThat(options.engine())
                .usingRecursiveComparison()
                .ignoringFields("generateId") // each makes its own
                .isEqualTo(EngineOptions.defaults());
        assertThat(options.connectTimeout()).hasSeconds(45);
        assertThat(options.door().path()).isEqualTo("/socket.io/");
        assertThat(options.door().origins()).isEmpty();
    }

    @Test
    void are_read_by_their_names_there() {
        SocketOptions options = read(Map.ofEntries(
                Map.entry("socketio.path", "/live"),
                Map.entry("socketio.ping-interval", "300"),
                Map.entry("socketio.ping-timeout", "200"),
                Map.entry("socketio.upgrade-timeout", " 1000 "),
                Map.entry("socketio.connect-timeout", "1500"),
                Map.entry("socketio.max-http-buffer-size", "2000000"),
                Map.entry("socketio.transports", "websocket"),
                Map.entry("socketio.allow-upgrades", "false"),
                Map.entry("socketio.cors.origin", "https://a.example, https://b.example"),
                Map.entry("socketio.cors.credentials", "TRUE"),
                Map.entry("socketio.cookie", "true")));

        EngineOptions engine = options.engine();
        assertThat(options.door().path()).isEqualTo("/live/");
        assertThat(options.door().origins()).containsExactlyInAnyOrder("https://a.example", "https://b.example");
        assertThat(options.connectTimeout()).hasMillis(1500);
        assertThat(engine.pingInterval()).hasMillis(300);
        assertThat(engine.pingTimeout()).hasMillis(200);
        assertThat(engine.upgradeTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(engine.maxHttpBufferSize()).isEqualTo(2_000_000);
        assertThat(engine.transports()).containsExactly(TransportName.WEBSOCKET);
        assertThat(engine.allowUpgrades()).isFalse();
        assertThat(engine.cors().credentials()).isTrue();
        assertThat(engine.cookie().name()).isEqualTo("io");
    }

    @Test
    void name_the_key_whose_value_is_not_usable() {
        assertThatThrownBy(() -> read(Map.of("socketio.ping-interval", "25s")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "socketio.ping-interval must be a whole number of milliseconds from 1 to 2147483647, not \"25s\"");
        assertThatThrownBy(() -> read(Map.of("socketio.max-attachments", "1001")))
                .hasMessage("socketio.max-attachments must be a whole number from 0 to 1000, not \"1001\"");
        assertThatThrownBy(() -> read(Map.of("socketio.path", "live")))
                .hasMessageContaining("socketio.path: a path begins");
        assertThatThrownBy(() -> read(Map.of("socketio.cors.origin", "/[/")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(Map.of("socketio.transports", "polling,carrier pigeon")))
                .hasMessage(
                        "socketio.transports: polling and websocket are known, not carrier pigeon (it is \"polling,carrier pigeon\")");
        assertThatThrownBy(() -> read(Map.of("socketio.allow-upgrades", "yes")))
                .hasMessageContaining("socketio.allow-upgrades must be true or false");
        assertThatThrownBy(() -> read(Map.of("socketio.connect-timeout", "0")))
                .hasMessageContaining("socketio.connect-timeout");
    }

    @Test
    void come_from_system_properties_where_there_is_no_configuration_service() {
        System.setProperty("socketio.ping-interval", "1234");

        assertThat(SocketOptions.configured().engine().pingInterval()).hasMillis(1234);
    }

    @Test
    void come_from_microprofile_config_where_there_is_one() {
        ConfigProviderResolver.setInstance(new FixedConfig(Map.of("socketio.ping-interval", "777")));
        try {
            assertThat(SocketOptions.configured().engine().pingInterval()).hasMillis(777);
        } finally {
            ConfigProviderResolver.setInstance(null);
        }
    }

    @Test
    void can_be_completed_by_the_application() {
        SocketOptions options = SocketOptions.configured(engine -> engine.maxBufferedPackets(7));

        assertThat(options.engine().maxBufferedPackets()).isEqualTo(7);
    }

    @Test
    void know_no_other_keys() {
        assertThatThrownBy(() -> read(Map.of("socketio.pingInterval", "1000")))
                .hasMessage("socketio.pingInterval is no setting; socketio.ping-interval is");
        assertThatThrownBy(() -> read(Map.of("socketio.colour", "red"))).hasMessage("socketio.colour is no setting");
        assertThat(read(Map.of("socketio.admin.username", "ada", "other", "x")))
                .satisfies(SocketOptionsTest::areTheDefaults);
    }

    @Test
    void have_the_defaults_that_their_table_says() {
        SettingsTable.ALL.stream()
                .filter(setting -> !setting.fallback().isEmpty())
                .forEach(setting -> assertThat(read(Map.of(setting.key(), setting.fallback())))
                        .as(setting.key())
                        .satisfies(SocketOptionsTest::areTheDefaults));
    }

    private static void areTheDefaults(SocketOptions options) {
        assertThat(options)
                .usingRecursiveComparison()
                .ignoringFields("engine.generateId")
                .isEqualTo(read(Map.of()));
    }

    @Test
    void are_all_in_the_readme() throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));

        assertThat(readme).contains(SettingsTable.markdown());
    }

    @Test
    void let_no_page_in_by_accident() {
        assertThat(read(Map.of("socketio.cors.origin", "https://a.example"))
                        .door()
                        .origins())
                .containsExactly("https://a.example");
        assertThat(read(Map.of("socketio.origins", "https://a.example"))
                        .engine()
                        .cors())
                .isNull();
        assertThatThrownBy(() -> read(Map.of("socketio.cors.origin", "*")))
                .hasMessageContaining("would let every page of the web in")
                .hasMessageContaining("set socketio.origins to * as well");
        assertThat(read(Map.of("socketio.cors.origin", "*", "socketio.origins", "*"))
                        .door()
                        .origins())
                .containsExactly("*");
    }

    @Test
    void say_where_origins_are_checked() {
        assertThat(read(Map.of()).door().polling()).isFalse();
        assertThat(read(Map.of("socketio.origin-check", "all")).door().polling())
                .isTrue();
        assertThatThrownBy(() -> read(Map.of("socketio.origin-check", "none")))
                .hasMessageContaining("socketio.origin-check: websocket and all are known, not none");
    }

    @Test
    void leave_the_path_as_it_is_when_told_so() {
        assertThat(read(Map.of("socketio.path", "/live", "socketio.add-trailing-slash", "false"))
                        .door()
                        .path())
                .isEqualTo("/live");
        assertThat(read(Map.of("socketio.path", "/live/", "socketio.add-trailing-slash", "false"))
                        .door()
                        .path())
                .isEqualTo("/live/");
    }

    private static SocketOptions read(Map<String, String> settings) {
        return SocketOptions.read(
                new Settings() {
                    @Override
                    public Optional<String> value(String key) {
                        return Optional.ofNullable(settings.get(key));
                    }

                    @Override
                    public Stream<String> names() {
                        return settings.keySet().stream();
                    }
                },
                engine -> {});
    }
}
