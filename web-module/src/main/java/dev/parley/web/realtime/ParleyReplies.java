package dev.parley.web.realtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.CoolDown;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.socketio.Socket;
import dev.parley.socketio.jakarta.Replies;
import dev.parley.web.wire.Failures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Acknowledgements as the contract has them: {@code {ok:true, data}} or {@code {ok:false, error}}. */
@ApplicationScoped
class ParleyReplies implements Replies {

    private static final int NAME_SHOWN = 64;

    private RateLimiter limiter;
    private CoolDown coolDown;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway.Init")
    ParleyReplies() {}

    @Inject
    ParleyReplies(RateLimiter limiter, CoolDown coolDown) {
        this.limiter = limiter;
        this.coolDown = coolDown;
    }

    record Success(boolean ok, Object data) {}

    record Failure(boolean ok, ErrorBody error) {}

    record ErrorBody(
            String code,
            String message,
            @Nullable Long retryAfterMs,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> details) {}

    record Throttled(String event, long retryAfterMs) {}

    @Override
    public void admit(Socket socket, String event) {
        limiter.check(Limit.EVENT, socket.id(), roles(socket));
    }

    private static Set<String> roles(Socket socket) {
        return socket.attribute(Caller.class).map(Caller::roles).orElse(Set.of());
    }

    @Override
    public Object success(@Nullable Object result) {
        return new Success(true, result == null ? Map.of() : result);
    }

    @Override
    public Object failure(Socket socket, String event, Throwable failure) {
        Problem problem = Failures.explain(failure, shown(event));
        countExcess(socket, problem);
        return failure(problem);
    }

    @Override
    public void failedUnacknowledged(Socket socket, String event, Throwable failure) {
        Problem problem = Failures.explain(failure, shown(event));
        if (problem.code() == Code.RATE_LIMITED) {
            if (countExcess(socket, problem)) {
                return;
            }
            socket.emit(
                    "throttled",
                    new Throttled(
                            shown(event),
                            problem.retryAfter().map(Duration::toMillis).orElse(0L)));
        }
    }

    /** Who goes on regardless is disconnected, and stays outside for a while. */
    private boolean countExcess(Socket socket, Problem problem) {
        boolean excess = problem.code() == Code.RATE_LIMITED
                && limiter.take(Limit.EXCESS, socket.id()).isPositive()
                && socket.connected();
        if (excess) {
            Duration length = socket.attribute(Caller.class)
                    .map(caller -> coolDown.begin(caller.userId()))
                    .orElse(Duration.ZERO);
            SessionEnd.of(socket, SessionEnd.Reason.RATE_LIMITED, length);
        }
        return excess;
    }

    @Override
    public Object unknownEvent(Socket socket, String event) {
        return failure(Problem.invalid("There is no event '" + shown(event) + "'."));
    }

    static Failure failure(Problem problem) {
        return new Failure(
                false,
                new ErrorBody(
                        problem.code().wire(),
                        String.valueOf(problem.getMessage()),
                        problem.retryAfter().map(Duration::toMillis).orElse(null),
                        problem.details()));
    }

    private static String shown(String event) {
        return event.length() <= NAME_SHOWN ? event : event.substring(0, NAME_SHOWN) + "…";
    }
}
