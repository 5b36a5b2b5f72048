package dev.parley.problem;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the caller may learn of. Rolls the transaction back and reaches callers of EJBs as itself. Its message names the
 * value and the limit that was broken, never a token, a password, a message's text or SDP.
 */
@ApplicationException(rollback = true)
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final @Nullable Duration retryAfter;
    private final transient Map<String, Object> details;

    private Problem(Code code, String message, @Nullable Duration retryAfter, Map<String, Object> details) {
        super(message);
        this.code = code;
        this.retryAfter = retryAfter;
        this.details = Map.copyOf(details);
    }

    public static Problem of(Code code, String message) {
        return new Problem(code, message, null, Map.of());
    }

    /** @param details what a program may want to know, such as the limit; values that JSON can show */
    public static Problem of(Code code, String message, Map<String, Object> details) {
        return new Problem(code, message, null, details);
    }

    public static Problem rateLimited(String message, Duration retryAfter) {
        return new Problem(Code.RATE_LIMITED, message, retryAfter, Map.of());
    }

    public static Problem unavailable(String message, Duration retryAfter) {
        return new Problem(Code.UNAVAILABLE, message, retryAfter, Map.of());
    }

    public static Problem invalid(String message) {
        return of(Code.INVALID, message);
    }

    /** The same for what does not exist and for what the caller may not see. */
    public static Problem notFound(String what) {
        return of(Code.NOT_FOUND, "There is no such " + what + ".");
    }

    public Code code() {
        return code;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public Map<String, Object> details() {
        return details;
    }
}
