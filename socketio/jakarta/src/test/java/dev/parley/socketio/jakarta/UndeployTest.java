package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UndeployTest {

    @Test
    void ends_connections_and_tells_the_endpoints_while_they_are_there() throws Exception {
        System.clearProperty("sample.farewells");
        try (HttpClient http = HttpClient.newHttpClient();
                WarServer server = new WarServer(Map.of());
                WireSocket socket = WireSocket.connect(http, server.uri())) {

            server.undeploy();

            assertThat(socket.next()).isEqualTo(WireSocket.CLOSED);
            assertThat(System.getProperty("sample.farewells")).isEqualTo("ada: server shutting down");
        } finally {
            System.clearProperty("sample.farewells");
        }
    }
}
