package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.TestServer;
import dev.parley.socketio.testkit.TestSocket;
import dev.parley.web.wire.Json;
import org.junit.jupiter.api.Test;

class SessionWatchTest {

    private final TestServer server = TestServer.create(builder -> builder.json(Json.mapper()));
    private final SessionWatch watch = new SessionWatch();

    @Test
    void sockets_are_told_once_that_their_server_goes_and_are_not_hung_up_on() {
        TestSocket alice = server.join();
        watch.server = server.server();

        watch.goodbye();
        watch.goodbye();

        assertThat(alice.events()).containsExactly("session_ended");
        assertThat(String.valueOf(alice.hear("session_ended")))
                .isEqualTo("{\"reason\":\"drain\",\"retryAfterMs\":2000}");
        assertThat(alice.isConnected()).isTrue();
    }
}
