package dev.parley.web.rest;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.web.wire.Failures;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers every failure with {@code application/problem+json}. */
@Provider
@jakarta.enterprise.context.ApplicationScoped
public class ProblemMapper implements ExceptionMapper<Throwable> {

    @Context
    UriInfo uri;

    @Context
    Request request;

    @Override
    public Response toResponse(Throwable failure) {
        // reading a body or a parameter fails within JAX-RS's own exceptions: what we threw lies below
        if (failure instanceof WebApplicationException http && !(http.getCause() instanceof Problem)) {
            return refused(http);
        }
        return ProblemBody.response(Failures.explain(failure, request.getMethod() + " " + uri.getPath()));
    }

    private Response refused(WebApplicationException http) {
        int status = http.getResponse().getStatus();
        Problem problem = switch (status) {
            case 400 ->
                http.getCause() == null
                        ? Problem.invalid("The request is malformed.")
                        : Failures.explain(http.getCause(), uri.getPath());
            case 401 -> Problem.of(Code.UNAUTHORIZED, "Sign in first.");
            case 403 -> Problem.of(Code.FORBIDDEN, "That is not allowed.");
            case 404 -> Problem.notFound("thing");
            case 405 -> Problem.invalid("This address does not know the method " + request.getMethod() + ".");
            case 406 -> Problem.invalid("The answer is JSON, which the request does not accept.");
            case 413 -> Problem.of(Code.TOO_LARGE, "The request is too large.");
            case 415 -> Problem.of(Code.UNSUPPORTED_TYPE, "The body must be application/json.");
            default -> null;
        };
        if (problem != null) {
            return ProblemBody.response(problem, status == 400 ? problem.code().status() : status);
        }
        return status < 400
                ? http.getResponse()
                : ProblemBody.response(Failures.explain(http, request.getMethod() + " " + uri.getPath()));
    }
}
