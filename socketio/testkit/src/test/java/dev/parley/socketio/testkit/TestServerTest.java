package dev.parley.socketio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.Refusal;
import dev.parley.socketio.ConnectionRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kit as its users have it: handlers without a network. */
class TestServerTest {

    private final TestServer server = TestServer.create();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shows_what_was_emitted_to_whom() {
        server.server().of("/").onConnect(socket -> {
            socket.on("join", event -> socket.join(event.argument(0).asText()));
            socket.on("say", event -> {
                socket.to("lobby").emit("said", event.argument(0));
                event.acknowledgement().send("heard");
            });
        });
        var ada = server.join();
        var bob = server.join();
        var eve = server.join();
        ada.emit("join", "lobby");
        bob.emit("join", "lobby");

        var answer = ada.ask("say", "hi");

        assertThat(answer.value().asText()).isEqualTo("heard");
        assertThat(bob.hear("said").asText()).isEqualTo("hi");
        assertThat(ada.received()).isEmpty();
        assertThat(eve.received()).isEmpty();
        assertThat(server.socket(ada).rooms()).contains("lobby");
    }

    @Test
    void carries_binary_both_ways() {
        server.server()
                .of("/")
                .onConnect(socket ->
                        socket.on("echo", event -> event.acknowledgement().send(event.argument(0), new byte[] {9})));

        var answer = server.join().ask("echo", new byte[] {1, 2});

        assertThat(answer.arguments())
                .extracting(JsonNode::binaryValue)
                .containsExactly(new byte[] {1, 2}, new byte[] {9});
    }

    @Test
    void lets_a_client_answer_or_be_late() {
        var outcomes = new ArrayList<String>();
        var ada = server.join();
        var question = server.socket(ada).emitWithAck(Duration.ofSeconds(5), "ready?");
        keep(question, outcomes);

        ada.next("ready?").answer("yes");
        keep(server.socket(ada).emitWithAck(Duration.ofSeconds(5), "and now?"), outcomes);
        server.advance(Duration.ofSeconds(5));

        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.getFirst()).isEqualTo("[\"yes\"]");
        assertThat(outcomes.getLast()).contains("no acknowledgement within 5000 ms");
    }

    private static void keep(CompletionStage<List<JsonNode>> question, List<String> outcomes) {
        var unused = question.whenComplete(
                (values, failure) -> outcomes.add(failure == null ? values.toString() : failure.getMessage()));
    }

    @Test
    void knows_refusals_and_disconnects() {
        var reasons = new ArrayList<String>();
        server.server().of("/members").use(socket -> {
            if (socket.handshake().auth().path("token").isMissingNode()) {
                throw new ConnectionRefused("who are you?", Map.of("code", 1));
            }
        });
        server.server().of("/").onConnect(socket -> socket.onDisconnect(reason -> reasons.add(reason.text())));

        var stranger = server.join("/members", null);
        var member = server.join("/members", Map.of("token", "t"));
        server.join().disconnect();
        var lost = server.client().connect();
        lost.join();
        lost.vanish();
        var silent = server.client().connect().holdPongs();
        silent.join();
        server.advance(Duration.ofSeconds(45));

        assertThat(stranger.refusal()).hasToString("{\"message\":\"who are you?\",\"data\":{\"code\":1}}");
        assertThatThrownBy(stranger::id).isInstanceOf(AssertionError.class);
        assertThat(member.isConnected()).isTrue();
        assertThat(reasons).containsExactly("client namespace disconnect", "transport close", "ping timeout");
        assertThat(silent.isClosed()).isTrue();
    }

    @Test
    void gives_the_handshake_what_a_test_says_of_the_request() {
        var ada = server.client()
                .header("Cookie", "a=b")
                .query("lang", "de")
                .address("198.51.100.7")
                .secure()
                .connect()
                .join();

        var handshake = server.socket(ada).handshake();

        assertThat(handshake.header("cookie")).hasValue("a=b");
        assertThat(handshake.query()).containsEntry("lang", List.of("de"));
        assertThat(handshake.address()).isEqualTo("198.51.100.7");
        assertThat(handshake.secure()).isTrue();
    }

    @Test
    void says_what_was_expected_and_what_was_there_instead() {
        var ada = server.join();
        server.socket(ada).emit("this", 1);

        assertThatThrownBy(() -> ada.next("that"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("no \"that\" among [[\"this\",1]]");
        assertThatThrownBy(() -> ada.ask("nobody listens").value()).isInstanceOf(AssertionError.class);
    }

    @Test
    void refuses_a_request_as_the_server_does() {
        try (var closed = TestServer.create(builder -> builder.engine(EngineOptions.builder()
                .allowRequest(request -> Optional.of(Refusal.forbidden("not you")))
                .build()))) {
            assertThatThrownBy(() -> closed.client().connect())
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("refused with status 403: not you");
        }
    }

    @Test
    void has_protocol_errors_close_the_connection() {
        var rude = server.client().connect();
        rude.join();

        rude.sendRaw("42[]");

        assertThat(rude.isClosed()).isTrue();
    }
}
