package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.Acknowledgement;
import dev.parley.socketio.ConnectionMiddleware;
import dev.parley.socketio.ConnectionRefused;
import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.Event;
import dev.parley.socketio.ServerListener;
import dev.parley.socketio.Socket;
import dev.parley.socketio.testkit.TestApplication;
import dev.parley.socketio.testkit.TestSocket;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What else an application may declare around its handlers. */
class FaceTest {

    enum Size {
        @JsonProperty("small")
        S,
        @JsonProperty("extra large")
        XL
    }

    @ApplicationScoped
    static class Log {

        private final List<String> lines = new ArrayList<>();

        void add(String line) {
            lines.add(line);
        }

        List<String> take() {
            List<String> all = List.copyOf(lines);
            lines.clear();
            return all;
        }
    }

    @ApplicationScoped
    @SocketEndpoint
    static class Main {

        @Inject
        Log log;

        @OnAny
        void any(Event event, Socket socket) {
            log.add("any " + event.name());
            if (event.name().equals("break any")) {
                throw new IllegalStateException("broken");
            }
        }

        @OnEvent("size")
        Size size(Size size) {
            return size;
        }

        @OnEvent("sum")
        int sum(String unit, Socket socket, int... numbers) {
            int sum = 0;
            for (int number : numbers) {
                sum += number;
            }
            return sum;
        }

        @OnEvent("words")
        String words(JsonNode... words) {
            return List.of(words).toString();
        }

        @OnEvent("break any")
        String survives() {
            return "answered";
        }

        @OnEvent("ask back")
        CompletionStage<String> askBack(Socket socket) {
            return socket.emitWithAck(Duration.ofSeconds(2), "name?")
                    .thenApply(answer -> "hello " + answer.getFirst().asText())
                    .exceptionally(late -> "nobody");
        }
    }

    @ApplicationScoped
    @SocketEndpoint("/wild")
    static class Wild {

        @OnAny
        void answer(Event event, Acknowledgement acknowledgement) {
            acknowledgement.send("got " + event.name(), event.argument(0));
        }
    }

    @ApplicationScoped
    @SocketEndpoint("/rooms/{room:[a-z]+}")
    static class Rooms {

        @Inject
        Log log;

        @OnConnect
        void enter(Socket socket, @FromNamespace("room") String room) {
            socket.join("all of " + room);
        }

        @OnEvent("where")
        String where(@FromNamespace("room") String room, String greeting) {
            return greeting + " from " + room;
        }

        @OnDisconnecting
        void leaving(Socket socket, DisconnectReason reason, @FromNamespace("room") String room) {
            log.add("leaving " + socket.rooms().contains("all of " + room) + " " + reason.text());
        }

        @OnDisconnect
        void gone(Socket socket) {
            log.add("gone from " + socket.rooms());
        }
    }

    @ApplicationScoped
    @Priority(1)
    static class NoRobots implements ConnectionMiddleware {

        @Override
        public void accept(Socket socket) {
            if (socket.handshake().header("user-agent").filter("robot"::equals).isPresent()) {
                throw new ConnectionRefused("no robots", Map.of("retry", false));
            }
        }
    }

    @ApplicationScoped
    @InNamespaces("wild")
    static class Broken implements ConnectionMiddleware {

        @Override
        public void accept(Socket socket) {
            if (socket.handshake().auth().has("break")) {
                throw new IllegalStateException("database at 10.0.0.1 is gone");
            }
        }
    }

    @ApplicationScoped
    static class Spam implements EventFilter {

        @Inject
        Log log;

        @Override
        public void accept(Socket socket, Event event) {
            log.add("filter " + event.name());
            if (event.argument(0).asText().equals("spam")) {
                throw new IllegalArgumentException("spam");
            }
        }
    }

    @ApplicationScoped
    static class Meter implements ServerListener {

        @Inject
        Log log;

        @Override
        public void connectAccepted(Socket socket) {
            log.add("accepted in " + socket.namespace().name());
        }
    }

    private TestApplication application;

    @BeforeEach
    void deploy() {
        application = TestApplication.of(
                Main.class, Wild.class, Rooms.class, NoRobots.class, Broken.class, Spam.class, Meter.class, Log.class);
    }

    @AfterEach
    void undeploy() {
        application.close();
    }

    @Test
    void lets_a_method_hear_every_event_before_its_handler() {
        TestSocket socket = application.server().join();
        log();

        assertThat(socket.ask("size", "small").as(String.class)).isEqualTo("small");
        assertThat(socket.ask("unheard").value()).hasToString("{\"error\":\"unknown event\"}");

        assertThat(log()).containsExactly("filter size", "any size", "filter unheard", "any unheard");
    }

    @Test
    void keeps_a_failing_onlooker_from_disturbing_the_handler() {
        assertThat(application.server().join().ask("break any").as(String.class))
                .isEqualTo("answered");
    }

    @Test
    void lets_an_onlooker_that_takes_the_acknowledgement_answer_what_nobody_else_handles() {
        TestSocket socket = application.server().join("/wild", null);

        assertThat(socket.ask("anything", 7).arguments()).hasToString("[\"got anything\", 7]");
    }

    @Test
    void gives_the_rest_of_the_arguments_to_variable_ones() {
        TestSocket socket = application.server().join();

        assertThat(socket.ask("sum", "m", 1, 2, 3).as(Integer.class)).isEqualTo(6);
        assertThat(socket.ask("sum", "m").as(Integer.class)).isZero();
        assertThat(socket.ask("words", "a", List.of(1)).as(String.class)).isEqualTo("[\"a\", [1]]");
        assertThat(socket.ask("sum", "m", 1, "2").value().path("error").asText())
                .contains("not a");
    }

    @Test
    void lets_handlers_ask_the_client_and_answer_when_it_has() {
        TestSocket socket = application.server().join();
        var quick = socket.ask("ask back");
        socket.next("name?").answer("ada");
        var slow = socket.ask("ask back");

        application.server().advance(Duration.ofSeconds(2));

        assertThat(quick.as(String.class)).isEqualTo("hello ada");
        assertThat(slow.as(String.class)).isEqualTo("nobody");
    }

    @Test
    void serves_all_namespaces_of_a_pattern_and_no_others() {
        TestSocket blue = application.server().join("/rooms/blue", null);
        TestSocket red = application.server().join("/rooms/red", null);

        assertThat(blue.ask("where", "hello").as(String.class)).isEqualTo("hello from blue");
        assertThat(red.ask("where", "hello").as(String.class)).isEqualTo("hello from red");
        assertThat(application.server().join("/rooms/7", null).refusal())
                .hasToString("{\"message\":\"Invalid namespace\"}");
    }

    @Test
    void tells_who_leaves_while_the_rooms_are_still_known() {
        TestSocket blue = application.server().join("/rooms/blue", null);
        log();

        blue.disconnect();

        assertThat(log()).containsExactly("leaving true client namespace disconnect", "gone from []");
    }

    @Test
    void asks_every_middleware_bean_before_a_client_is_let_in() {
        TestSocket robot = application
                .server()
                .client()
                .header("User-Agent", "robot")
                .connect()
                .join();

        assertThat(robot.refusal()).hasToString("{\"message\":\"no robots\",\"data\":{\"retry\":false}}");
    }

    @Test
    void asks_a_middleware_bean_only_where_it_says() {
        Map<String, Object> auth = Map.of("break", true);

        assertThat(application.server().join("/", auth).isConnected()).isTrue();
        assertThat(application.server().join("/wild", auth).refusal())
                .hasToString("{\"message\":\"internal\",\"data\":{\"error\":\"internal\"}}");
    }

    @Test
    void keeps_from_handlers_what_a_filter_refuses() {
        TestSocket socket = application.server().join();
        log();

        assertThat(socket.ask("size", "spam").value()).hasToString("{\"error\":\"internal\"}");

        assertThat(log()).containsExactly("filter size");
    }

    @Test
    void registers_every_listener_bean_with_the_server() {
        application.server().join();
        application.server().join("/wild", null);

        assertThat(log()).contains("accepted in /", "accepted in /wild");
    }

    private List<String> log() {
        return application.bean(Log.class).take();
    }
}
