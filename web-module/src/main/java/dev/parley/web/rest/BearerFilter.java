package dev.parley.web.rest;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.signin.Device;
import dev.parley.web.token.TokenRefused;
import dev.parley.web.token.TokenVerifier;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Lets only those in who prove who they are, except to what is marked {@link PermitAll}. Not the container's MP-JWT mechanism:
 * that one would refuse public addresses for a bad header, and without a problem's body.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class BearerFilter implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";

    @Inject
    TokenVerifier tokens;

    @Inject
    CurrentCaller current;

    @Context
    ResourceInfo resource;

    @Context
    HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request) {
        if (isPublic()) {
            return;
        }
        try {
            current.set(tokens.verify(bearer(request.getHeaderString(HttpHeaders.AUTHORIZATION)), device())
                    .caller());
        } catch (TokenRefused refused) {
            Problem problem = Problem.of(Code.UNAUTHORIZED, String.valueOf(refused.getMessage()));
            request.abortWith(Response.fromResponse(ProblemBody.response(problem))
                    .header(HttpHeaders.WWW_AUTHENTICATE, challenge(refused.reason()))
                    .build());
        }
    }

    private Device device() {
        return Device.of(http.getHeader(HttpHeaders.USER_AGENT), http.getRemoteAddr());
    }

    private boolean isPublic() {
        return resource.getResourceMethod() != null
                && (resource.getResourceMethod().isAnnotationPresent(PermitAll.class)
                        || resource.getResourceClass().isAnnotationPresent(PermitAll.class));
    }

    /** RFC 6750, section 3. */
    private static String challenge(TokenRefused.Reason reason) {
        return switch (reason) {
            case TOKEN_MISSING -> "Bearer realm=\"parley\"";
            case TOKEN_INVALID, TOKEN_EXPIRED ->
                "Bearer realm=\"parley\", error=\"invalid_token\", error_description=\"" + reason.wire() + "\"";
        };
    }

    static @Nullable String bearer(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : null;
    }
}
