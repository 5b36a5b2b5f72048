package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.CoolDown;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.socketio.Socket;
import dev.parley.socketio.testkit.TestServer;
import dev.parley.socketio.testkit.TestSocket;
import dev.parley.web.wire.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;

class ParleyRepliesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);
    private static final Caller ALICE = new Caller(UUID.randomUUID(), UUID.randomUUID(), "alice", Set.of());

    private final ConcurrentMap<String, String> shared = new ConcurrentHashMap<>();
    private final CoolDown coolDown = new CoolDown(shared, CLOCK, Duration.ofSeconds(30));
    private final ParleyReplies replies = new ParleyReplies(new RateLimiter(shared, CLOCK, Map.of()), coolDown);
    private final TestServer server = TestServer.create(builder -> builder.json(Json.mapper()));
    private final TestSocket client = server.join();
    private final Socket socket = server.socket(client);
    private final ObjectMapper mapper = Json.mapper();

    private String json(Object reply) throws Exception {
        return mapper.writeValueAsString(reply);
    }

    private String last() {
        return client.received().getLast().argument(0).toString();
    }

    @Test
    void shapes_acknowledgements_as_the_contract_has_them() throws Exception {
        record Receipt(int seq) {}

        assertThat(json(replies.success(new Receipt(7)))).isEqualTo("{\"ok\":true,\"data\":{\"seq\":7}}");
        assertThat(json(replies.success(null))).isEqualTo("{\"ok\":true,\"data\":{}}");
        assertThat(json(replies.failure(socket, "x", Problem.notFound("room"))))
                .isEqualTo("{\"ok\":false,\"error\":{\"code\":\"not_found\",\"message\":\"There is no such room.\"}}");
        assertThat(json(replies.failure(socket, "x", Problem.rateLimited("Slower.", Duration.ofMillis(200)))))
                .isEqualTo(
                        "{\"ok\":false,\"error\":{\"code\":\"rate_limited\",\"message\":\"Slower.\",\"retryAfterMs\":200}}");
        assertThat(json(replies.failure(socket, "x", Problem.of(Code.TOO_LARGE, "Too long.", Map.of("limit", 16_000)))))
                .isEqualTo(
                        "{\"ok\":false,\"error\":{\"code\":\"too_large\",\"message\":\"Too long.\",\"details\":{\"limit\":16000}}}");
        assertThat(json(replies.unknownEvent(socket, "dance")))
                .isEqualTo(
                        "{\"ok\":false,\"error\":{\"code\":\"invalid\",\"message\":\"There is no event 'dance'.\"}}");
    }

    @Test
    void tells_who_asked_for_no_answer_that_they_were_too_fast_and_nothing_else() throws Exception {
        replies.failedUnacknowledged(socket, "typing", Problem.notFound("room"));
        replies.failedUnacknowledged(socket, "typing", Problem.rateLimited("Slower.", Duration.ofSeconds(3)));

        assertThat(client.events()).containsExactly("throttled");
        assertThat(last()).isEqualTo(json(new ParleyReplies.Throttled("typing", 3_000)));
    }

    @Test
    void lets_a_burst_of_a_hundred_events_pass() {
        for (int i = 0; i < 100; i++) {
            replies.admit(socket, "x");
        }

        Problem refused = catchThrowableOfType(Problem.class, () -> replies.admit(socket, "x"));

        assertThat(refused.code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(refused.retryAfter()).contains(Duration.ofMillis(20));
        assertThatCode(() -> replies.admit(server.socket(server.join()), "x")).doesNotThrowAnyException();
    }

    @Test
    void disconnects_who_goes_on_regardless_and_keeps_them_out_for_a_while() throws Exception {
        socket.attribute(Caller.class, ALICE);
        Problem tooFast = Problem.rateLimited("Slower.", Duration.ofMillis(20));
        for (int i = 0; i < 100; i++) {
            replies.failure(socket, "x", tooFast);
        }
        assertThat(socket.connected()).isTrue();
        assertThat(coolDown.left(ALICE.userId())).isZero();

        replies.failure(socket, "x", tooFast);
        replies.failure(socket, "x", tooFast);

        assertThat(socket.connected()).isFalse();
        assertThat(client.events()).containsExactly("session_ended");
        assertThat(last()).isEqualTo(json(new SessionEnd.Ended("rate_limited", 30_000L)));
        assertThat(coolDown.left(ALICE.userId())).isEqualTo(Duration.ofSeconds(30));
    }
}
