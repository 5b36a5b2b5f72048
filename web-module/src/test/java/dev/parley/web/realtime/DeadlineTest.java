package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.Socket;
import dev.parley.socketio.testkit.TestServer;
import dev.parley.socketio.testkit.TestSocket;
import dev.parley.web.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private record Set(Duration delay, Runnable task, AtomicBoolean cancelled) {}

    private final Deque<Set> alarms = new ArrayDeque<>();
    private final TestServer server = TestServer.create(builder -> builder.json(Json.mapper()));
    private final TestSocket client = server.join();
    private final Socket socket = server.socket(client);
    private final Deadline deadline = new Deadline(socket, (delay, task) -> {
        Set set = new Set(delay, task, new AtomicBoolean());
        alarms.add(set);
        return () -> set.cancelled().set(true);
    });

    private JsonNode last() {
        return client.received().getLast().argument(0);
    }

    private static JsonNode json(Object value) {
        return Json.mapper().valueToTree(value);
    }

    private Duration ring() {
        Set next = alarms.removeFirst();
        if (!next.cancelled().get()) {
            next.task().run();
        }
        return next.delay();
    }

    @Test
    void warns_a_minute_before_and_then_ends_the_socket() {
        Instant expiresAt = NOW.plusSeconds(900);
        deadline.set(NOW, expiresAt);

        assertThat(ring()).isEqualTo(Duration.ofMinutes(14));
        assertThat(last()).isEqualTo(json(new Deadline.Expiring(expiresAt)));
        assertThat(socket.connected()).isTrue();

        assertThat(ring()).isEqualTo(Duration.ofMinutes(1));
        assertThat(client.events()).containsExactly("session_expiring", "session_ended");
        assertThat(last()).isEqualTo(json(new SessionEnd.Ended("expired", null)));
        assertThat(socket.connected()).isFalse();
        assertThat(alarms).isEmpty();
    }

    @Test
    void warns_when_a_third_is_left_of_a_short_token() {
        deadline.set(NOW, NOW.plusSeconds(30));

        assertThat(ring()).isEqualTo(Duration.ofSeconds(20));
        assertThat(ring()).isEqualTo(Duration.ofSeconds(10));
        assertThat(socket.connected()).isFalse();
    }

    @Test
    void a_new_token_moves_it() {
        deadline.set(NOW, NOW.plusSeconds(180));
        ring();
        deadline.set(NOW.plusSeconds(70), NOW.plusSeconds(970));

        ring();

        assertThat(socket.connected()).isTrue();
        assertThat(alarms.peekFirst().delay()).isEqualTo(Duration.ofMinutes(14));
    }

    @Test
    void means_nothing_to_a_socket_that_is_gone() {
        deadline.set(NOW, NOW.plusSeconds(120));
        deadline.cancel();
        deadline.set(NOW, NOW.plusSeconds(120));

        ring();

        assertThat(alarms).isEmpty();
        assertThat(client.received()).isEmpty();
    }
}
