package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.parley.socketio.testkit.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection begins, on both fixtures. */
@Conformance
@ParameterizedClass
@ValueSource(strings = {"/engine.io/", "/socket.io/"})
class EngineHandshakeIT {

    @Parameter
    String path;

    @Test
    void a_polling_handshake_has_exactly_five_members() {
        var response = Server.at(path).get("?EIO=4&transport=polling");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .matches("0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[\"websocket\"],"
                        + "\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":1000000}");
    }

    @Test
    void a_web_socket_handshake_offers_no_upgrade() {
        var frames = Server.at(path).webSocket("?EIO=4&transport=websocket");

        assertThat(frames.next())
                .matches("0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[],"
                        + "\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":1000000}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?transport=polling",
                "?EIO=abc&transport=polling",
                "?EIO=3&transport=polling",
                "?EIO=5&transport=polling",
                "?EIO=4",
                "?EIO=4&transport=abc"
            })
    void a_wrong_protocol_or_transport_is_refused(String query) {
        assertThat(Server.at(path).get(query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void a_handshake_is_a_get(String method) {
        var response = Server.at(path).method(method, "?EIO=4&transport=polling");

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?transport=websocket", "?EIO=abc&transport=websocket", "?EIO=4", "?EIO=4&transport=abc"})
    void a_web_socket_of_a_wrong_protocol_or_transport_ends(String query) {
        assertThat(Server.at(path).end(query)).isEqualTo(400);
    }

    @Test
    void localhost_may_be_ipv6() throws Exception {
        var loopback = new byte[16];
        loopback[15] = 1;
        try (var probe = new ServerSocket(0, 1, InetAddress.getByAddress(loopback))) {
            assertThat(probe.isBound()).isTrue();
        } catch (IOException e) {
            abort("this machine has no ::1");
        }
        try (var peer = new Peer(URI.create("http://[::1]:" + Server.at(path).port()), path)) {
            assertThat(peer.get("?EIO=4&transport=polling").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void two_sessions_have_two_ids() {
        var peer = Server.at(path);

        assertThat(peer.polling().sid()).isNotEqualTo(peer.polling().sid());
    }
}
