package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.socketio.ConnectionMiddleware;
import dev.parley.socketio.Event;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.testkit.TestApplication;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each mistake fails the deployment and says where it is; those of methods and types are in {@link SignatureTest} as well. */
class MistakesTest {

    @ApplicationScoped
    @SocketEndpoint
    static final class Final {
        @OnEvent("x")
        void x() {}
    }

    @Test
    void a_final_class_has_no_proxy() {
        refuses("Final", Final.class);
    }

    @ApplicationScoped
    @SocketEndpoint
    static class Wildcard {
        @OnEvent("list")
        void list(List<?> things) {}

        @OnEvent("map")
        void map(Map<String, List<? extends Number>> numbers) {}
    }

    @Test
    void a_wildcard_says_nothing_of_what_to_read() {
        refuses("Wildcard.list: parameter 1 (List things) says nothing of what is in it", Wildcard.class);
        refuses("Wildcard.map: parameter 1 (Map numbers) says nothing of what is in it", Wildcard.class);
    }

    @ApplicationScoped
    @SocketEndpoint
    static class NonBlockingEverywhere {
        @NonBlocking
        @OnConnect
        void connect() {}

        @NonBlocking
        void handlesNothing() {}

        @NonBlocking
        @Transactional
        @OnEvent("store")
        void store() {}
    }

    @Test
    void non_blocking_is_for_events_and_not_with_transactions() {
        refuses(
                "NonBlockingEverywhere.connect: @NonBlocking is for @OnEvent and @OnAny, not for @OnConnect",
                NonBlockingEverywhere.class);
        refuses(
                "NonBlockingEverywhere.handlesNothing: @NonBlocking belongs to an @OnEvent method",
                NonBlockingEverywhere.class);
        refuses("NonBlockingEverywhere.store: @NonBlocking cannot be with @Transactional", NonBlockingEverywhere.class);
    }

    @ApplicationScoped
    @Transactional
    @SocketEndpoint
    static class TransactionalClass {
        @NonBlocking
        @OnEvent("store")
        void store() {}
    }

    @Test
    void a_transactional_class_has_no_non_blocking_handlers() {
        refuses("TransactionalClass.store: @NonBlocking cannot be with @Transactional", TransactionalClass.class);
    }

    @ApplicationScoped
    @SocketEndpoint
    static class Onlooker {
        @NonBlocking
        @OnEvent("quick")
        void quick() {}

        @OnAny
        void slow(Event event) {}
    }

    @Test
    void an_onlooker_of_non_blocking_events_is_non_blocking() {
        refuses("Onlooker.slow: @OnAny must be @NonBlocking where another handler is", Onlooker.class);
    }

    @ApplicationScoped
    @SocketEndpoint
    static class AnyWithPayload {
        @OnAny
        void any(String text) {}

        @OnAny
        String answers() {
            return "x";
        }
    }

    @Test
    void an_onlooker_takes_the_event_and_returns_nothing() {
        refuses("AnyWithPayload.any: parameter 1 (String text) cannot be given to @OnAny", AnyWithPayload.class);
        refuses("AnyWithPayload.answers: @OnAny is answered by nobody: return void", AnyWithPayload.class);
    }

    @ApplicationScoped
    @SocketEndpoint
    static class RestOfNothing {
        @OnConnect
        void connect(String... rest) {}
    }

    @Test
    void only_events_have_a_rest_of_arguments() {
        refuses(
                "RestOfNothing.connect: parameter 1 (String[] rest) cannot be given to @OnConnect",
                RestOfNothing.class);
    }

    interface Unreadable {}

    @ApplicationScoped
    @SocketEndpoint
    static class UnreadableRest {
        @OnEvent("x")
        void x(Unreadable... rest) {}
    }

    @Test
    void a_rest_that_jackson_cannot_read_fails_too() {
        refuses("UnreadableRest.x", UnreadableRest.class);
    }

    @ApplicationScoped
    @SocketEndpoint("/rooms/{room}")
    static class Rooms {
        @OnEvent("typo")
        void typo(@FromNamespace("rom") String room) {}

        @OnEvent("number")
        void number(@FromNamespace("room") int room) {}
    }

    @Test
    void a_variable_is_a_string_of_the_namespaces_name() {
        refuses(
                "Rooms.typo: parameter 1 (String room): no {rom} in the namespace's name \"/rooms/{room}\"",
                Rooms.class);
        refuses("Rooms.number: parameter 1 (int room): @FromNamespace gives a String", Rooms.class);
    }

    @ApplicationScoped
    @SocketEndpoint("/rooms/{room:[0-9}")
    static class BadPattern {}

    @ApplicationScoped
    @SocketEndpoint("/{a}/{a}")
    static class Twice {}

    @ApplicationScoped
    @SocketEndpoint("/rooms/{}")
    static class Unnamed {}

    @ApplicationScoped
    @SocketEndpoint("/a,b")
    static class Comma {}

    @Test
    void a_name_can_be_understood() {
        refuses("BadPattern: the name \"/rooms/{room:[0-9}\" is no pattern", BadPattern.class);
        refuses("Twice: {a} is in the name \"/{a}/{a}\" twice", Twice.class);
        refuses("Unnamed: braces in a name surround a variable", Unnamed.class);
        refuses("Comma: a name has no comma", Comma.class);
    }

    @ApplicationScoped
    @InNamespaces("/nowhere")
    static class Lost implements ConnectionMiddleware {
        @Override
        public void accept(Socket socket) {}
    }

    @Test
    void a_middleware_is_for_a_namespace_that_exists() {
        refuses("Lost: @InNamespaces names /nowhere, of which there is no @SocketEndpoint", Lost.class);
    }

    @Dependent
    @SocketEndpoint
    static class Hasty {

        @Inject
        SocketServer server;

        @PostConstruct
        void begin() {
            server.of("/").all().emit("too early");
        }

        @OnEvent("x")
        void x() {}
    }

    @Test
    void an_endpoint_cannot_use_a_server_that_is_being_built() {
        refuses("make it @ApplicationScoped", Hasty.class);
    }

    private static void refuses(String message, Class<?>... beans) {
        assertThatThrownBy(() -> TestApplication.of(beans).close()).hasStackTraceContaining(message);
    }
}
