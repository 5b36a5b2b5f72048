package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.socketio.ConnectionRefused;
import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.testkit.Answer;
import dev.parley.socketio.testkit.TestApplication;
import dev.parley.socketio.testkit.TestSocket;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a call: interceptors, contexts, acknowledgements, failures. */
class EndpointTest {

    @Retention(RetentionPolicy.RUNTIME)
    @InterceptorBinding
    @interface Loud {}

    @Loud
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    static class Shout {

        @AroundInvoke
        Object shout(InvocationContext call) throws Exception {
            return call.proceed().toString() + "!";
        }
    }

    @ApplicationScoped
    static class Diary {
        final List<String> lines = new ArrayList<>();

        void write(String line) {
            lines.add(line);
        }

        List<String> live() {
            return lines;
        }

        List<String> lines() {
            return List.copyOf(lines);
        }
    }

    @RequestScoped
    static class Visit {
        private int steps;

        @Inject
        Diary diary;

        int step() {
            return ++steps;
        }

        @PreDestroy
        void over() {
            diary.write("visit over after " + steps);
        }
    }

    @RequestScoped
    static class Gate implements Authenticator<String> {

        @Inject
        Visit visit;

        @Override
        public Class<String> identity() {
            return String.class;
        }

        @Override
        public String authenticate(Socket socket) {
            visit.step();
            if (socket.namespace().name().equals("/closed")) {
                throw new ConnectionRefused("closed", Map.of("code", 1));
            }
            if (socket.namespace().name().equals("/broken")) {
                throw new IllegalStateException("database at 10.0.0.1 is gone");
            }
            return "ada";
        }
    }

    @ApplicationScoped
    @SocketEndpoint
    static class Main {

        @Inject
        Visit visit;

        @Inject
        Diary diary;

        final CompletableFuture<String> later = new CompletableFuture<>();

        CompletableFuture<String> later() {
            return later;
        }

        @Loud
        @OnEvent("shout")
        String shout(String identity) {
            return identity;
        }

        @OnEvent("steps")
        int steps() {
            return visit.step() + visit.step();
        }

        @OnEvent("nothing")
        void nothing() {}

        @OnEvent("null")
        Object empty() {
            return null;
        }

        @OnEvent("later")
        CompletionStage<String> answerLater() {
            return later;
        }

        @OnEvent("later nothing")
        CompletionStage<Void> nothingLater() {
            return CompletableFuture.completedFuture(null);
        }

        @OnEvent("throw")
        void fail() throws Exception {
            throw new java.io.IOException("disk at 10.0.0.1 is full");
        }

        @OnEvent("error")
        void error() {
            throw new AssertionError("impossible");
        }

        @OnDisconnect
        void gone(DisconnectReason reason, String identity) {
            diary.write(identity + " gone: " + reason.text());
        }

        @OnConnect
        void zConnected() {
            diary.write("main");
        }
    }

    @Dependent
    @Priority(1)
    @SocketEndpoint("")
    static class First {

        @Inject
        Diary diary;

        @OnConnect
        void connected(Socket socket, SocketServer server) {
            diary.write("first");
            socket.emit("welcome");
        }

        @PreDestroy
        void over() {
            diary.write("first over");
        }
    }

    @ApplicationScoped
    @SocketEndpoint("closed")
    static class Closed {
        @OnEvent("x")
        void x() {}
    }

    @ApplicationScoped
    @SocketEndpoint("/broken")
    static class Broken {
        @OnEvent("x")
        void x() {}
    }

    @ApplicationScoped
    @SocketEndpoint("/rude")
    static class Rude {
        @OnConnect
        void connected() {
            throw new IllegalStateException("not today");
        }
    }

    private TestApplication deployment;

    @BeforeEach
    void deploy() {
        deployment = TestApplication.of(
                Main.class,
                First.class,
                Closed.class,
                Broken.class,
                Rude.class,
                Gate.class,
                Visit.class,
                Diary.class,
                Shout.class);
    }

    @AfterEach
    void undeploy() {
        deployment.close();
    }

    @Test
    void calls_package_private_methods_through_their_interceptors() {
        assertThat(answer("shout", "ada")).containsExactly("ada!");
    }

    @Test
    void gives_each_call_its_own_request_context_and_ends_it() {
        TestSocket socket = deployment.server().join();

        assertThat(socket.ask("steps").as(Integer.class)).isEqualTo(3);
        assertThat(socket.ask("steps").as(Integer.class)).isEqualTo(3);
        assertThat(diary())
                .containsExactly("visit over after 1", "first", "main", "visit over after 2", "visit over after 2");
    }

    @Test
    void acknowledges_void_without_an_argument_and_null_with_null() {
        assertThat(answer("nothing")).isEmpty();
        assertThat(answer("later nothing")).isEmpty();
        assertThat(answer("null")).hasSize(1).containsOnlyNulls();
    }

    @Test
    void acknowledges_a_stage_when_it_is_done() {
        Answer answer = deployment.server().join().ask("later");
        assertThat(answer.arrived()).isEmpty();

        main().later().complete("now");

        assertThat(answer.as(String.class)).isEqualTo("now");
    }

    @Test
    void tells_a_failed_stage_like_a_thrown_exception() {
        Answer answer = deployment.server().join().ask("later");

        main().later().completeExceptionally(new IllegalStateException("database at 10.0.0.1"));

        assertThat(answer.as(Object.class)).isEqualTo(Map.of("error", "internal"));
    }

    @Test
    void keeps_what_went_wrong_from_the_client_when_nobody_shapes_replies() {
        assertThat(answer("throw")).containsExactly(Map.of("error", "internal"));
        assertThat(answer("error")).containsExactly(Map.of("error", "internal"));
        assertThat(answer("unheard")).containsExactly(Map.of("error", "unknown event"));
    }

    @ApplicationScoped
    static class Speechless implements Replies {

        @Override
        public Object success(Object result) {
            throw new IllegalStateException("speechless");
        }

        @Override
        public Object failure(Socket socket, String event, Throwable failure) {
            throw new IllegalStateException("speechless");
        }

        @Override
        public Object unknownEvent(Socket socket, String event) {
            throw new IllegalStateException("speechless");
        }
    }

    @Test
    void answers_even_when_the_replies_are_broken() {
        try (TestApplication speechless = TestApplication.of(Closed.class, Speechless.class)) {
            TestSocket socket = speechless.server().join("/closed", null);

            assertThat(socket.ask("x").as(Object.class)).isEqualTo(Map.of("error", "internal"));
            assertThat(socket.ask("y").as(Object.class)).isEqualTo(Map.of("error", "internal"));
        }
    }

    @Test
    void says_nothing_when_nobody_asked() {
        TestSocket socket = deployment.server().join();

        socket.emit("throw").emit("nothing").emit("unheard");

        assertThat(socket.events()).containsExactly("welcome");
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void greets_in_the_order_of_priority_and_says_why_a_socket_is_gone() {
        TestSocket socket = deployment.server().client().connect().holdPongs().join();

        deployment.server().advance(Duration.ofSeconds(45));
        assertThat(socket.events()).containsExactly("welcome");
        assertThat(diary()).containsSubsequence("first", "main", "ada gone: ping timeout");
    }

    @Test
    void refuses_whom_the_authenticator_refuses() {
        assertThat(deployment.server().join("/closed", null).refusal())
                .hasToString("{\"message\":\"closed\",\"data\":{\"code\":1}}");
    }

    @Test
    void does_not_tell_a_client_why_the_authenticator_is_broken() {
        assertThat(deployment.server().join("/broken", null).refusal())
                .hasToString("{\"message\":\"internal\",\"data\":{\"error\":\"internal\"}}");
    }

    @Test
    void disconnects_a_socket_that_could_not_be_greeted() {
        assertThat(deployment.server().join("/rude", null).isConnected()).isFalse();
    }

    @Test
    void ends_dependent_endpoints_with_the_application() {
        List<String> lines = deployment.bean(Diary.class).live();

        deployment.close();

        assertThat(lines).containsExactly("first over");
    }

    /** The acknowledgement's arguments as plain Java. */
    private List<Object> answer(String event, Object... arguments) {
        return deployment.server().join().ask(event, arguments).arguments().stream()
                .map(value -> new ObjectMapper().convertValue(value, Object.class))
                .toList();
    }

    private List<String> diary() {
        return deployment.bean(Diary.class).lines();
    }

    private Main main() {
        return deployment.bean(Main.class);
    }
}
