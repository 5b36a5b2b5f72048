package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Frames;
import dev.parley.socketio.testkit.Peer;
import dev.parley.socketio.testkit.WebApplication;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UndeployTest {

    @Test
    void ends_connections_and_tells_the_endpoints_while_they_are_there() throws Exception {
        System.clearProperty("sample.farewells");
        try (WebApplication server = Sample.start(Map.of());
                Peer peer = new Peer(server.uri(), "/socket.io/");
                Frames socket = peer.webSocket()) {
            socket.send("40{\"name\":\"ada\"}");
            socket.next();
            assertThat(socket.next()).isEqualTo("42[\"welcome\",\"ada\"]");

            server.undeploy();

            assertThat(socket.nextClose()).isEqualTo(1001);
            assertThat(System.getProperty("sample.farewells")).isEqualTo("ada: server shutting down");
        } finally {
            System.clearProperty("sample.farewells");
        }
    }
}
