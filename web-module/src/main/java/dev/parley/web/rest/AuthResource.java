package dev.parley.web.rest;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.signin.OidcSettings;
import dev.parley.signin.Origin;
import dev.parley.signin.SessionService;
import dev.parley.signin.SignInService;
import dev.parley.signin.SignInSettings;
import dev.parley.signin.SignedIn;
import dev.parley.users.User;
import dev.parley.web.token.Origins;
import dev.parley.web.token.TokenRefused;
import dev.parley.web.token.TokenVerifier;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signing in and out. The refresh token travels only as a cookie that scripts cannot read and that is sent to these addresses
 * alone.
 */
@Path("/auth")
@PermitAll
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AuthResource {

    private static final String COOKIE = "parley_refresh";

    /** Knows a browser again, and opens nothing: see docs/adr/0012. */
    private static final String KNOWN = "parley_known";

    private static final Duration KNOWN_LIFE = Duration.ofDays(180);
    private static final Pattern SECRET = Pattern.compile("[\\w-]{43}");

    @Inject
    SignInService signIns;

    @Inject
    SessionService sessions;

    @Inject
    SignInSettings settings;

    @Inject
    OidcSettings oidc;

    @Inject
    TokenVerifier tokens;

    @Inject
    Origins origins;

    @Context
    HttpServletRequest request;

    /** A registration; a display name that is missing is the user name. */
    public record Registration(
            @Nullable String username,
            @Nullable String password,
            @Nullable String displayName) {

        @Override
        public String toString() {
            return "Registration[" + username + "]";
        }
    }

    /** What proves who somebody is. */
    public record Credentials(
            @Nullable String username, @Nullable String password) {

        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    /** @param expiresIn seconds, as in OAuth */
    public record Tokens(String accessToken, String tokenType, long expiresIn, User user) {}

    /**
     * How one signs in here.
     *
     * @param own by a password of ours; absent where people sign in elsewhere only
     * @param oidc at that issuer; absent where there is none
     */
    public record Ways(@Nullable Own own, OidcSettings.@Nullable Client oidc) {

        /** @param registration whether one may open an account */
        public record Own(boolean registration) {}
    }

    @GET
    @Path("/config")
    public Ways ways() {
        return new Ways(
                settings.own() ? new Ways.Own(settings.registration()) : null,
                oidc.client().orElse(null));
    }

    @POST
    @Path("/register")
    public Response register(@Nullable Registration registration, @CookieParam(KNOWN) @Nullable String shown) {
        if (registration == null) {
            throw Problem.invalid("A registration takes a user name, a password and a display name.");
        }
        String known = known(shown);
        return tokens(
                Response.Status.CREATED,
                signIns.register(
                        registration.username(), registration.password(), registration.displayName(), origin(known)),
                known);
    }

    @POST
    @Path("/login")
    public Response login(@Nullable Credentials credentials, @CookieParam(KNOWN) @Nullable String shown) {
        if (credentials == null) {
            throw Problem.invalid("Signing in takes a user name and a password.");
        }
        String known = known(shown);
        return tokens(
                Response.Status.OK,
                signIns.signIn(credentials.username(), credentials.password(), origin(known)),
                known);
    }

    @POST
    @Path("/refresh")
    @Consumes(MediaType.WILDCARD)
    public Response refresh(@CookieParam(COOKIE) @Nullable String secret) {
        refuseStrangers();
        if (secret == null || secret.isBlank()) {
            throw Problem.of(Code.UNAUTHORIZED, "There is no session: sign in.");
        }
        try {
            return tokens(Response.Status.OK, signIns.refresh(secret, origin()), null);
        } catch (Problem over) {
            if (over.code() != Code.UNAUTHORIZED) {
                throw over;
            }
            return Response.fromResponse(ProblemBody.response(over))
                    .header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO))
                    .build();
        }
    }

    /** Ends the session of the cookie and that of the bearer token; there being none is no error. */
    @POST
    @Path("/logout")
    @Consumes(MediaType.WILDCARD)
    public Response logout(
            @CookieParam(COOKIE) @Nullable String secret,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        refuseStrangers();
        if (secret != null && !secret.isBlank()) {
            sessions.endBy(secret);
        }
        String token = BearerFilter.bearer(authorization);
        if (token != null) {
            endBearer(token);
        }
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private void endBearer(String token) {
        try {
            sessions.end(tokens.verify(token, origin().device()).caller().sessionId());
        } catch (TokenRefused worthless) {
            // then it opens nothing, and there is nothing to end
        }
    }

    /** SameSite keeps other sites out, this keeps out what shares our site: another port, another host below the same name. */
    private void refuseStrangers() {
        String own = request.getScheme() + "://" + request.getHeader(HttpHeaders.HOST);
        if (!origins.allows(request.getHeader("Origin"), own)) {
            throw Problem.of(Code.FORBIDDEN, "This page may not do that.");
        }
    }

    /** The browser's own secret, or one that it gets now. */
    private static String known(@Nullable String shown) {
        return shown != null && SECRET.matcher(shown).matches() ? shown : SessionService.newSecret();
    }

    private Response tokens(Response.Status status, SignedIn signedIn, @Nullable String known) {
        Response.ResponseBuilder response = Response.status(status)
                .entity(new Tokens(
                        signedIn.accessToken(), "Bearer", signedIn.accessLife().toSeconds(), signedIn.user()))
                .header(HttpHeaders.SET_COOKIE, cookie(signedIn.refreshToken(), signedIn.refreshLife()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        return known == null
                ? response.build()
                : response.header(HttpHeaders.SET_COOKIE, cookie(KNOWN, known, KNOWN_LIFE))
                        .build();
    }

    private String cookie(String secret, Duration life) {
        return cookie(COOKIE, secret, life);
    }

    private String cookie(String name, String secret, Duration life) {
        return name + "=" + secret + "; Path=/api/auth; Max-Age=" + life.toSeconds() + "; HttpOnly; SameSite=Strict"
                + (request.isSecure() ? "; Secure" : "");
    }

    private Origin origin() {
        return origin(null);
    }

    private Origin origin(@Nullable String known) {
        return Origin.of(request.getHeader(HttpHeaders.USER_AGENT), request.getRemoteAddr(), known);
    }
}
