package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.socketio.testkit.Answer;
import dev.parley.socketio.testkit.TestClient;
import dev.parley.socketio.testkit.TestSocket;
import dev.parley.socketio.testkit.WebApplication;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which thread runs a handler, in a WAR on embedded Undertow: its own are called XNIO, those of the library socketio. */
class NonBlockingTest {

    private static WebApplication server;

    @BeforeAll
    static void start() throws Exception {
        server = Sample.start(Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void runs_on_the_thread_that_read_the_packet_if_it_never_blocks(TestClient.Transport transport) throws Exception {
        try (TestClient client = TestClient.connect(server.uri(), transport)) {
            TestSocket socket = client.join("/threads", Map.of("name", "ada"));

            assertThat(socket.ask("later", 0).as(String.class)).startsWith("socketio-");
            // where another handler is just ending its thread goes on with what has come meanwhile
            await().untilAsserted(() -> assertThat(socket.ask("now").as(String.class))
                    .startsWith("XNIO-")
                    .contains(transport == TestClient.Transport.POLLING ? "" : "I/O"));
            assertThat(socket.ask("later", 0).as(String.class)).startsWith("socketio-");
        }
    }

    @Test
    void waits_for_what_the_same_client_said_before() throws Exception {
        try (TestClient client = TestClient.connect(server.uri(), TestClient.Transport.WEBSOCKET)) {
            TestSocket socket = client.join("/threads", Map.of("name", "ada"));

            Answer later = socket.ask("later", 200);
            Answer now = socket.ask("now");

            assertThat(now.as(String.class)).startsWith("socketio-"); // right behind it, so on its thread
            assertThat(later.arrived()).isPresent();
        }
    }
}
