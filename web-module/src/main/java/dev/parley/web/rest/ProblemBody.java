package dev.parley.web.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.problem.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A failure over HTTP: <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> with our code. */
public record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable Long retryAfterMs,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Response response(Problem problem) {
        return response(problem, problem.code().status());
    }

    /** For what HTTP distinguishes and the catalogue does not, such as 405 and 406. */
    static Response response(Problem problem, int status) {
        Long retryAfterMs = problem.retryAfter().map(Duration::toMillis).orElse(null);
        Response.ResponseBuilder response = Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new ProblemBody(
                        "urn:parley:problem:" + problem.code().wire(),
                        title(status),
                        status,
                        String.valueOf(problem.getMessage()),
                        problem.code().wire(),
                        retryAfterMs,
                        problem.details()));
        if (retryAfterMs != null) {
            response.header(HttpHeaders.RETRY_AFTER, Math.max(1, Math.ceilDiv(retryAfterMs, 1000)));
        }
        return response.build();
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Status " + status : known.getReasonPhrase();
    }
}
