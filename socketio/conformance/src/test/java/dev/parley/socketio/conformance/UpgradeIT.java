package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Peer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From polling to WebSocket, without a packet lost or out of order. */
@Conformance
@ParameterizedClass
@ValueSource(strings = {"/patient/", "/standard/"})
class UpgradeIT {

    private final String base;
    private final Peer peer;

    UpgradeIT(String base) {
        this.base = base;
        this.peer = Server.at(base + "engine.io/");
    }

    @Test
    void the_probe_is_answered_a_poll_is_released_and_messages_go_over_the_web_socket() {
        var session = peer.polling();
        var frames = session.upgrade();

        assertThat(frames.send("2probe").next()).isEqualTo("3probe");
        var poll = session.poll();
        frames.send("5").answeringPings();

        assertThat(poll.statusCode()).isEqualTo(200);
        assertThat(poll.body()).isEqualTo("6");
        assertThat(frames.send("4hello").next()).isEqualTo("4hello");
    }

    @Test
    void a_socket_io_client_upgrades_without_polling_meanwhile() {
        var session = Server.at(base + "socket.io/").polling();
        var frames = session.upgrade();

        assertThat(frames.send("2probe").next()).isEqualTo("3probe");
        frames.send("5").answeringPings().send("40");

        assertThat(frames.next()).startsWith("40{\"sid\":");
    }

    @Test
    void a_poll_that_waits_when_the_probe_comes_is_released() throws Exception {
        var session = peer.polling();
        var poll = session.pollLater();
        var frames = session.upgrade();

        frames.send("2probe");

        assertThat(frames.next()).isEqualTo("3probe");
        assertThat(poll.get(5, TimeUnit.SECONDS).body()).isEqualTo("6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine.io/", "socket.io/"})
    void polling_is_over_after_the_upgrade(String path) {
        var session = Server.at(base + path).polling();
        var frames = session.upgrade();
        frames.send("2probe").next();

        frames.send("5").answeringPings();

        // over another connection, so that it may overtake the "5"
        assertThat(session.poll().statusCode()).isEqualTo(400);
        var again = session.poll();
        assertThat(again.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(session.push("4a").statusCode()).isEqualTo(400);
        assertThat(frames.isClosed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine.io/", "socket.io/"})
    void a_second_web_socket_is_closed_and_the_first_works(String path) {
        var session = Server.at(base + path).polling();
        var frames = session.upgrade();
        frames.send("2probe").next();
        frames.send("5").answeringPings();

        assertThat(Server.at(base + path).end("?EIO=4&transport=websocket&sid=" + session.sid()))
                .isPositive();

        var message = path.equals("engine.io/") ? "4hello" : "40";
        assertThat(frames.send(message).next()).startsWith(path.equals("engine.io/") ? "4hello" : "40{");
    }

    @Test
    void a_second_web_socket_during_the_probe_is_closed_and_the_first_goes_on() {
        var session = peer.polling();
        var first = session.upgrade();
        first.send("2probe").next();

        assertThat(peer.end("?EIO=4&transport=websocket&sid=" + session.sid())).isPositive();

        first.send("5").answeringPings();
        assertThat(first.send("4hello").next()).isEqualTo("4hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2other", "4a", "abc"})
    void a_wrong_probe_closes_the_web_socket_alone(String probe) {
        var session = peer.polling();
        var frames = session.upgrade();

        frames.send(probe);

        assertThat(frames.closeCode()).isPositive();
        session.push("4still here");
        assertThat(session.poll().body()).isEqualTo("4still here");
    }

    @Test
    void a_web_socket_lost_before_the_upgrade_leaves_the_session_alone() {
        var session = peer.polling();
        var frames = session.upgrade();
        frames.send("2probe").next();

        frames.abort();

        session.push("4still here");
        assertThat(session.poll().body()).isIn("4still here", "6");
    }

    @Test
    void an_upgrade_without_a_probe_is_taken() {
        var session = peer.polling();
        var frames = session.upgrade();

        frames.send("5").answeringPings();

        assertThat(frames.send("4hello").next()).isEqualTo("4hello");
    }

    @Test
    void nothing_is_lost_or_reordered_between_probe_and_upgrade() {
        var session = peer.polling();
        session.push("4before");
        assertThat(session.poll().body()).isEqualTo("4before");
        var frames = session.upgrade();
        frames.send("2probe").next();

        for (int i = 0; i < 20; i++) {
            session.push("4" + i);
        }
        frames.send("5").answeringPings().send("420");

        for (int i = 0; i <= 20; i++) {
            assertThat(frames.next()).isEqualTo("4" + i);
        }
    }
}
