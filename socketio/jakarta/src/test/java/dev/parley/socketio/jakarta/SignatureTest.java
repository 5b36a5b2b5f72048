package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.socketio.Acknowledgement;
import dev.parley.socketio.Broadcast;
import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.Event;
import dev.parley.socketio.Socket;
import dev.parley.socketio.testkit.TestApplication;
import dev.parley.socketio.testkit.TestServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A handler that cannot work fails the deployment, with class, method, parameter and what is allowed. */
class SignatureTest {

    record Me(String getName) implements Principal {
        @Override
        public String getName() {
            return getName;
        }
    }

    @ApplicationScoped
    static class Gate implements Authenticator<Me> {
        @Override
        public Class<Me> identity() {
            return Me.class;
        }

        @Override
        public Me authenticate(Socket socket) {
            return new Me("ada");
        }
    }

    @ApplicationScoped
    static class OtherGate extends Gate {}

    @ApplicationScoped
    @SocketEndpoint
    static class Faulty {
        @OnEvent("a")
        static void isStatic() {}

        @OnEvent("b")
        @SuppressWarnings("unused") // found by its annotation
        private void isPrivate() {}

        @OnEvent("")
        void unnamed() {}

        @OnEvent("disconnect")
        void reserved() {}

        @OnConnect
        @OnEvent("c")
        void both() {}

        @OnConnect
        String answers() {
            return "";
        }

        @OnEvent("d")
        String answersTwice(Acknowledgement acknowledgement) {
            return "";
        }

        @OnEvent("e")
        Future<String> future() {
            return null;
        }

        @OnConnect
        void event(Event event) {}

        @OnConnect
        void payload(String text) {}

        @OnEvent("f")
        void reason(DisconnectReason reason) {}

        @OnEvent("g")
        void broadcast(Broadcast everyone) {}

        @OnEvent("h")
        void principal(Principal principal) {}

        @SuppressWarnings("NullablePrimitive") // the mistake under test
        @OnEvent("i")
        void primitive(@Nullable int count) {}
    }

    @Test
    void reports_everything_that_is_wrong_at_once() {
        assertThatThrownBy(() -> TestApplication.of(Faulty.class, Gate.class))
                .hasMessageContainingAll(
                        "Faulty.isStatic: a handler method is not static",
                        "Faulty.isPrivate: a handler method is not static, private or final",
                        "Faulty.unnamed: @OnEvent needs the name of an event",
                        "Faulty.reserved: \"disconnect\" is reserved by the protocol; use @OnDisconnect",
                        "Faulty.both: one of @OnConnect, @OnEvent(\"c\"), not several",
                        "Faulty.answers: @OnConnect is answered by nobody",
                        "Faulty.answersTwice: either take an Acknowledgement or return String",
                        "Faulty.future: return a CompletionStage, not Future",
                        "Faulty.event: parameter 1 (Event event) cannot be given to @OnConnect; allowed are Socket, Namespace,"
                                + " SocketServer, Handshake, Me (the identity)",
                        "Faulty.payload: parameter 1 (String text) cannot be given to @OnConnect",
                        "Faulty.reason: parameter 1 (DisconnectReason reason) cannot be given to @OnEvent(\"f\"); allowed are",
                        "types that Jackson reads for the event's arguments",
                        "Faulty.broadcast: parameter 1 (Broadcast everyone) cannot be given",
                        "Faulty.principal: parameter 1 (Principal principal) is a supertype of the identity: declare it as Me",
                        "Faulty.primitive: parameter 1 (int count) is @Nullable but primitive");
    }

    @ApplicationScoped
    @SocketEndpoint
    static class One {
        @OnEvent("same")
        void first() {}
    }

    @ApplicationScoped
    @SocketEndpoint("")
    static class Two {
        @OnEvent("same")
        void second() {}
    }

    @ApplicationScoped
    @SocketEndpoint("/elsewhere")
    static class Three {
        @OnEvent("same")
        void third() {}
    }

    @Test
    void refuses_two_handlers_of_one_event_in_one_namespace() {
        assertThatThrownBy(() -> TestApplication.of(One.class, Two.class, Three.class))
                .hasMessageContainingAll("\"same\" of namespace / has two handlers", "One.first", "Two.second")
                .message()
                .doesNotContain("Three.third");
    }

    @Test
    void allows_the_same_event_in_another_namespace() {
        try (TestApplication deployment = TestApplication.of(One.class, Three.class)) {
            assertThat(deployment.server().join("/elsewhere", null).ask("same").arguments())
                    .isEmpty();
        }
    }

    @Test
    void refuses_two_authenticators() {
        assertThatThrownBy(() -> TestApplication.of(Three.class, Gate.class, OtherGate.class))
                .hasMessageContaining("one Authenticator bean at most");
    }

    @Test
    void authenticates_the_main_namespace_even_without_handlers_there() {
        try (TestApplication deployment = TestApplication.of(Three.class, Gate.class)) {
            TestServer server = deployment.server();

            assertThat(server.socket(server.join()).attribute(Me.class)).hasValue(new Me("ada"));
        }
    }

    @ApplicationScoped
    static class Stray {
        @OnEvent("x")
        void x() {}
    }

    @Test
    void refuses_handlers_outside_of_an_endpoint() {
        assertThatThrownBy(() -> TestApplication.of(Stray.class))
                .hasMessageContaining("Stray: has handler methods but no @SocketEndpoint");
    }

    interface Shape {}

    @ApplicationScoped
    @SocketEndpoint
    static class Abstract {
        @OnEvent("x")
        void shapes(List<String> names, Shape shape) {}
    }

    @Test
    void refuses_types_that_jackson_cannot_read() {
        assertThatThrownBy(() -> TestApplication.of(Abstract.class))
                .hasMessageContainingAll("Abstract.shapes", "Shape", "is abstract");
    }
}
