package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Pings every 300 ms, pongs within 200. */
@Conformance
@Timed
@ParameterizedClass
@ValueSource(strings = {"/engine.io/", "/socket.io/"})
class HeartbeatIT {

    @Parameter
    String path;

    @Test
    void a_polling_client_that_answers_stays() {
        var session = Server.at(path).polling();

        for (int i = 0; i < 3; i++) {
            assertThat(session.poll().body()).isEqualTo("2");
            assertThat(session.push("3").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_silent_polling_client_is_forgotten_at_its_deadline() throws Exception {
        var session = Server.at(path).polling();

        Thread.sleep(500); // the deadline itself, not a guess: 300 + 200 ms after the handshake's response

        assertThat(session.poll().statusCode()).isEqualTo(400);
    }

    @Test
    void a_web_socket_client_that_answers_stays() {
        var frames = Server.at(path).webSocket();

        for (int i = 0; i < 3; i++) {
            assertThat(frames.next()).isEqualTo("2");
            frames.send("3");
        }
        assertThat(frames.isClosed()).isFalse();
    }

    @Test
    void a_silent_web_socket_client_is_closed() {
        var frames = Server.at(path).webSocket();

        assertThat(frames.next()).isEqualTo("2");

        assertThat(frames.closeCode()).isPositive();
    }
}
