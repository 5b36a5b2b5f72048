package dev.parley.web.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.identity.Caller;
import dev.parley.signin.SessionService;
import dev.parley.signin.SignInSettings;
import dev.parley.signin.SigningKeys;
import dev.parley.users.AccountService;
import dev.parley.users.User;
import dev.parley.users.UserService;
import dev.parley.web.token.TokenRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Believes a token, or not: ours, or that of the OpenID Connect issuer that {@code mp.jwt.verify.*} names. Whose sign-in was ended
 * is refused even while the token lasts.
 */
@ApplicationScoped
public class TokenVerifier {

    private static final int LONGEST = 8192;
    private static final ObjectMapper PLAIN = new ObjectMapper();

    private Issuer own;
    private Optional<Issuer> foreign = Optional.empty();
    private UserService users;
    private AccountService accounts;
    private SessionService sessions;
    private Clock clock;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway.Init")
    TokenVerifier() {}

    @Inject
    TokenVerifier(
            SigningKeys keys,
            SignInSettings settings,
            Config config,
            UserService users,
            AccountService accounts,
            SessionService sessions,
            Clock clock) {
        this(
                Issuer.own(settings.issuer(), keys.current().publicKey()),
                Issuer.configured(config),
                users,
                accounts,
                sessions,
                clock);
    }

    TokenVerifier(
            Issuer own,
            Optional<Issuer> foreign,
            UserService users,
            AccountService accounts,
            SessionService sessions,
            Clock clock) {
        this.own = own;
        this.foreign = foreign;
        this.users = users;
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** @throws TokenRefused when it proves nothing */
    public VerifiedToken verify(@Nullable String token) {
        if (token == null || token.isBlank()) {
            throw new TokenRefused(Reason.TOKEN_MISSING);
        }
        if (token.length() > LONGEST) {
            throw new TokenRefused(Reason.TOKEN_INVALID);
        }
        String issuer = claimedIssuer(token);
        Optional<Issuer> other = foreign.filter(candidate -> candidate.name().equals(issuer));
        VerifiedToken verified = other.isPresent()
                ? vouchedFor(other.get().verified(token, clock), issuer)
                : ours(own.verified(token, clock));
        UUID sessionId = verified.caller().sessionId();
        if (!sessions.endedAmong(List.of(sessionId)).isEmpty()) {
            throw new TokenRefused(Reason.TOKEN_INVALID);
        }
        return verified;
    }

    private VerifiedToken ours(JsonWebToken claims) {
        UUID userId = uuid(claims.getSubject());
        UUID sessionId = uuid(claims.getClaim("sid"));
        User user = users.find(userId).orElseThrow(() -> new TokenRefused(Reason.TOKEN_INVALID));
        return verified(user, sessionId, claims);
    }

    private VerifiedToken vouchedFor(JsonWebToken claims, String issuer) {
        String subject = claims.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new TokenRefused(Reason.TOKEN_INVALID);
        }
        String username = text(claims, "preferred_username")
                .orElseGet(() -> claims.getName() == null ? subject : claims.getName());
        User user = accounts.vouchedFor(
                issuer, subject, username, text(claims, "name").orElse(null));
        String session = text(claims, "sid")
                .or(() -> Optional.ofNullable(claims.getTokenID()))
                .orElse(subject);
        UUID sessionId = UUID.nameUUIDFromBytes((issuer + ' ' + session).getBytes(StandardCharsets.UTF_8));
        sessions.adopt(sessionId, user.id());
        return verified(user, sessionId, claims);
    }

    private static VerifiedToken verified(User user, UUID sessionId, JsonWebToken claims) {
        Set<String> roles = claims.getGroups() == null ? Set.of() : claims.getGroups();
        return new VerifiedToken(
                new Caller(user.id(), sessionId, user.username(), roles),
                Instant.ofEpochSecond(claims.getExpirationTime()));
    }

    /** Unproved: it only says whose key to try. */
    private static String claimedIssuer(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new TokenRefused(Reason.TOKEN_INVALID);
        }
        try {
            JsonNode claims = PLAIN.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return claims == null ? "" : claims.path("iss").asText("");
        } catch (IOException | IllegalArgumentException nonsense) {
            throw new TokenRefused(Reason.TOKEN_INVALID);
        }
    }

    private static Optional<String> text(JsonWebToken claims, String name) {
        Object claim = claims.getClaim(name);
        return claim instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private static UUID uuid(@Nullable Object text) {
        try {
            return UUID.fromString(String.valueOf(text));
        } catch (IllegalArgumentException nonsense) {
            throw new TokenRefused(Reason.TOKEN_INVALID);
        }
    }
}
