package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.TransportName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketOptionsTest {

    @AfterEach
    void forget() {
        System.clearProperty("socketio.pingInterval");
    }

    @Test
    void are_those_of_the_reference_server_when_nothing_is_configured() {
        SocketOptions options = read(Map.of());

        assertThat(options.engine()).isEqualTo(EngineOptions.defaults());
        assertThat(options.connectTimeout()).hasSeconds(45);
        assertThat(options.door().path()).isEqualTo("/socket.io/");
        assertThat(options.door().origins()).isEmpty();
    }

    @Test
    void are_read_by_their_names_there() {
        SocketOptions options = read(Map.ofEntries(
                Map.entry("socketio.path", "/live"),
                Map.entry("socketio.pingInterval", "300"),
                Map.entry("socketio.pingTimeout", "200"),
                Map.entry("socketio.upgradeTimeout", " 1000 "),
                Map.entry("socketio.connectTimeout", "1500"),
                Map.entry("socketio.maxHttpBufferSize", "2000000"),
                Map.entry("socketio.transports", "websocket"),
                Map.entry("socketio.allowUpgrades", "false"),
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
        assertThatThrownBy(() -> read(Map.of("socketio.pingInterval", "25s")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("socketio.pingInterval must be a number of milliseconds, not \"25s\"");
        assertThatThrownBy(() -> read(Map.of("socketio.transports", "polling,carrier pigeon")))
                .hasMessage("socketio.transports: polling and websocket are known, not carrier pigeon");
        assertThatThrownBy(() -> read(Map.of("socketio.allowUpgrades", "yes"))).hasMessageContaining("allowUpgrades");
        assertThatThrownBy(() -> read(Map.of("socketio.connectTimeout", "0"))).hasMessageContaining("connectTimeout");
    }

    @Test
    void come_from_system_properties_where_there_is_no_configuration_service() {
        System.setProperty("socketio.pingInterval", "1234");

        assertThat(SocketOptions.configured().engine().pingInterval()).hasMillis(1234);
    }

    @Test
    void come_from_microprofile_config_where_there_is_one() {
        ConfigProviderResolver.setInstance(new FixedConfig(Map.of("socketio.pingInterval", "777")));
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

    private static SocketOptions read(Map<String, String> settings) {
        return SocketOptions.read(key -> Optional.ofNullable(settings.get(key)), engine -> {});
    }
}
