package dev.parley.socketio.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.Socket;
import dev.parley.socketio.testkit.TestApplication;
import dev.parley.socketio.testkit.TestSocket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.validator.cdi.ValidationExtension;
import org.junit.jupiter.api.Test;

/** Handlers are beans, so Bean Validation checks their parameters where the container has it. */
class ValidationTest {

    record Draft(@NotBlank String text) {}

    @ApplicationScoped
    @SocketEndpoint
    static class Checked {

        private final AtomicInteger calls = new AtomicInteger();

        @OnEvent("post")
        int post(@Valid Draft draft, @Max(3) int copies) {
            return calls.incrementAndGet();
        }
    }

    @ApplicationScoped
    static class Violations implements Replies {

        @Override
        public Object success(Object result) {
            return result;
        }

        @Override
        public Object failure(Socket socket, String event, Throwable failure) {
            return ((ConstraintViolationException) failure)
                    .getConstraintViolations().stream()
                            .map(violation -> violation.getPropertyPath().toString())
                            .sorted()
                            .toList();
        }

        @Override
        public Object unknownEvent(Socket socket, String event) {
            return event;
        }
    }

    @Test
    void refuses_parameters_that_violate_their_constraints() {
        try (TestApplication deployment =
                TestApplication.of(List.of(new ValidationExtension()), Checked.class, Violations.class)) {
            TestSocket socket = deployment.server().join();

            assertThat(socket.ask("post", new Draft(" "), 4).as(Object.class))
                    .isEqualTo(List.of("post.copies", "post.draft.text"));
            assertThat(socket.ask("post", new Draft("hi"), 3).as(Integer.class)).isEqualTo(1);
        }
    }
}
