package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Which of WildFly's threads runs a bean's handler. */
@Conformance
class ThreadsIT {

    @Test
    void a_handler_that_never_blocks_runs_where_the_packet_was_read_and_others_do_not() throws Exception {
        try (var client = new StockClient(
                "http://127.0.0.1:" + Server.at("/").port() + "/threads", StockClient.Mode.WEBSOCKET, Map.of())) {
            client.connect();

            assertThat(client.ask("later").getFirst().toString()).startsWith("EE-Managed");
            // where another handler is just ending its thread goes on with what has come meanwhile
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(client.ask("now").getFirst().toString()).contains("I/O"));
            assertThat(client.ask("later").getFirst().toString()).startsWith("EE-Managed");
        }
    }
}
