package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.socketio.testkit.CuttingProxy;
import dev.parley.socketio.testkit.WebApplication;
import io.socket.client.Ack;
import io.socket.client.AckWithTimeout;
import io.socket.client.Manager;
import io.socket.client.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** io.socket:socket.io-client against the sample application. */
@ParameterizedClass
@ValueSource(strings = {"polling", "websocket", "upgrade"})
record StockJavaClientTest(String mode) {

    private static WebApplication server;
    private static WebApplication recovering;

    @BeforeAll
    static void start() throws Exception {
        server = Sample.start(Map.of("connect-timeout", "5000"));
        recovering = Sample.start(Map.of("connection-state-recovery", "true"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        recovering.close();
    }

    @Test
    void connects_and_is_welcomed_by_name() throws Exception {
        try (JavaClient client = client("ada", "welcome").connect()) {
            assertThat(client.next("welcome")).containsExactly("ada");
            assertThat(client.socket.id()).isNotBlank();
        }
    }

    @Test
    void is_refused_with_message_and_data() throws Exception {
        try (JavaClient client = client(null).connect()) {
            JSONObject refusal =
                    (JSONObject) client.next(Socket.EVENT_CONNECT_ERROR).getFirst();

            assertThat(refusal.getString("message")).isEqualTo("who are you?");
            assertThat(refusal.getJSONObject("data").getString("code")).isEqualTo("no_name");
        }
    }

    @Test
    void is_answered_with_what_handlers_return_and_throw() throws Exception {
        try (JavaClient client = connected("ada")) {
            assertThat(client.ask("add", new JSONObject(Map.of("a", 1, "b", 2))))
                    .containsExactly(3);
            assertThat(client.ask("logged")).containsExactly("logged ada");
            assertThat(client.ask("join", "lobby")).isEmpty();
            assertThat(client.ask("fail").getFirst()).hasToString("{\"error\":\"internal\"}");
            assertThat(client.ask("no such event").getFirst()).hasToString("{\"error\":\"unknown event\"}");
        }
    }

    @Test
    void answers_what_the_server_asks() throws Exception {
        try (JavaClient client = connected("ada")) {
            client.socket.on("question", values -> ((Ack) values[1]).call(values[0] + " fine"));

            assertThat(client.ask("ask me")).containsExactly("how are you? fine");
        }
    }

    @Test
    void exchanges_binary_nested_too() throws Exception {
        try (JavaClient client = connected("ada", "reversed")) {
            JSONObject answer = (JSONObject) client.ask("reverse", new Object[] {new byte[] {1, 2, 3}})
                    .getFirst();

            assertThat((byte[]) answer.get("reversed")).containsExactly(3, 2, 1);
            List<Object> told = client.next("reversed");
            assertThat((byte[]) told.getFirst()).containsExactly(3, 2, 1);
            assertThat((byte[]) ((JSONObject) told.get(1)).getJSONArray("again").get(0))
                    .containsExactly(3, 2, 1);
        }
    }

    @Test
    void answers_with_binary() throws Exception {
        try (JavaClient client = connected("ada")) {
            client.socket.on("question", values -> ((Ack) values[1]).call(new Object[] {new byte[] {1, 2}}));

            assertThat((byte[]) client.ask("ask me").getFirst()).containsExactly(1, 2);
        }
    }

    @Test
    void exchanges_long_messages() throws Exception {
        try (JavaClient client = connected("ada")) {
            String text = "é".repeat(400_000);
            byte[] bytes = new byte[700_000];
            bytes[699_999] = 1;

            assertThat(client.ask("echo", text)).containsExactly(text);
            assertThat((byte[]) client.ask("echo", new Object[] {bytes}).getFirst())
                    .isEqualTo(bytes);
        }
    }

    @Test
    void joins_two_namespaces_over_one_connection() throws Exception {
        try (JavaClient client = connected("ada")) {
            Socket admin = client.socket.io().socket("/admin", options("ada"));
            BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
            admin.on(
                    Socket.EVENT_CONNECT,
                    values -> admin.emit("where", new Object[0], places -> answers.add(places[0])));

            admin.connect();

            assertThat(answers.poll(JavaClient.LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("/admin");
            admin.disconnect();
            assertThat(client.ask("logged")).containsExactly("logged ada");
        }
    }

    private static Manager.Options options(String name) {
        Manager.Options options = new Manager.Options();
        options.auth = Map.of("name", name);
        return options;
    }

    @Test
    void gives_up_on_an_answer_in_time() throws Exception {
        try (JavaClient client = connected("ada")) {
            BlockingQueue<String> ends = new LinkedBlockingQueue<>();

            client.socket.emit(
                    "ask me",
                    new Object[0],
                    new AckWithTimeout(300) { // nobody here answers the question
                        @Override
                        public void onSuccess(Object... values) {
                            ends.add("answered");
                        }

                        @Override
                        public void onTimeout() {
                            ends.add("late");
                        }
                    });

            assertThat(ends.poll(JavaClient.LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("late");
        }
    }

    @Test
    void hears_what_is_said_in_its_room_and_only_there() throws Exception {
        try (JavaClient ada = connected("ada", "said");
                JavaClient bob = connected("bob", "said", "left");
                JavaClient eve = connected("eve", "said")) {
            ada.ask("join", "lobby");
            bob.ask("join", "lobby");

            ada.ask("say", new JSONObject(Map.of("room", "lobby", "text", "hello")));

            assertThat(bob.next("said")).containsExactly("ada", "hello");
            eve.ask("echo");
            ada.ask("echo");
            assertThat(ada.heardNothing("said")).isTrue();
            assertThat(eve.heardNothing("said")).isTrue();

            ada.socket.disconnect();
            assertThat(bob.next("left")).containsExactly("ada");
        }
    }

    @Test
    void keeps_events_in_order() throws Exception {
        try (JavaClient client = connected("ada")) {
            BlockingQueue<Object> echoes = new LinkedBlockingQueue<>();
            client.socket.on("echoed", values -> echoes.add(values[0]));

            for (int i = 0; i < 300; i++) {
                client.socket.emit("echo", i);
            }

            for (int i = 0; i < 300; i++) {
                assertThat(echoes.poll(JavaClient.LIMIT_SECONDS, TimeUnit.SECONDS))
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void is_disconnected_by_the_server_and_comes_back_when_it_wants_to() throws Exception {
        try (JavaClient client = connected("ada")) {
            client.socket.emit("bye", false);
            assertThat(client.next(Socket.EVENT_DISCONNECT)).containsExactly("io server disconnect");

            client.socket.connect();
            client.next(Socket.EVENT_CONNECT);
        }
    }

    @Test
    void reconnects_after_its_connection_was_cut_and_is_served_again() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(server.uri());
                JavaClient client = new JavaClient(proxy.uri(), mode, "ada").connect()) {
            client.next(Socket.EVENT_CONNECT);
            String before = client.socket.id();
            client.ask("echo");

            proxy.cut();
            assertThat(client.next(Socket.EVENT_DISCONNECT).getFirst())
                    .asString()
                    .startsWith("transport ");
            proxy.mend();

            client.next(Socket.EVENT_CONNECT);
            assertThat(client.socket.id()).isNotEqualTo(before);
            assertThat(client.ask("add", new JSONObject(Map.of("a", 3, "b", 4))))
                    .containsExactly(7);
        }
    }

    /** It knows nothing of recovery (2.1.2): offsets are one argument more to it, and it begins anew. */
    @Test
    void begins_anew_where_others_would_recover() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(recovering.uri());
                JavaClient client = new JavaClient(proxy.uri(), mode, "ada", "welcome").connect()) {
            client.next(Socket.EVENT_CONNECT);
            assertThat(client.next("welcome")).hasSize(2).first().isEqualTo("ada");
            String before = client.socket.id();
            // cut in the middle of an upgrade, this client waits for its next ping until it notices
            String last = mode.equals("polling") ? "polling" : "websocket";
            await().atMost(Duration.ofSeconds(JavaClient.LIMIT_SECONDS))
                    .until(() -> client.ask("transport").equals(List.of(last)));

            proxy.cut();
            client.next(Socket.EVENT_DISCONNECT);
            proxy.mend();

            client.next(Socket.EVENT_CONNECT);
            assertThat(client.socket.id()).isNotEqualTo(before);
            assertThat(client.next("welcome")).first().isEqualTo("ada");
            assertThat(client.ask("logged")).containsExactly("logged ada");
        }
    }

    private JavaClient client(String name, String... events) {
        return new JavaClient(server.uri(), mode, name, events);
    }

    private JavaClient connected(String name, String... events) throws InterruptedException {
        JavaClient client = client(name, events).connect();
        client.next(Socket.EVENT_CONNECT);
        return client;
    }
}
