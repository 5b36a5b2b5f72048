package dev.parley.web.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.identity.Caller;
import dev.parley.signin.Device;
import dev.parley.signin.SessionService;
import dev.parley.signin.SignInSettings;
import dev.parley.signin.SigningKey;
import dev.parley.signin.SigningKeys;
import dev.parley.users.AccountService;
import dev.parley.users.Holder;
import dev.parley.users.Roles;
import dev.parley.users.User;
import dev.parley.web.token.TokenRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
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

    private Optional<Issuer> own = Optional.empty();
    private Optional<Issuer> foreign = Optional.empty();
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
            AccountService accounts,
            SessionService sessions,
            Clock clock) {
        this(
                settings.own()
                        ? Optional.of(Issuer.own(
                                settings.issuer(), kid -> keys.find(kid).map(SigningKey::publicKey)))
                        : Optional.empty(),
                Issuer.configured(name -> config.getOptionalValue(name, String.class)),
                accounts,
                sessions,
                clock);
    }

    TokenVerifier(
            Optional<Issuer> own,
            Optional<Issuer> foreign,
            AccountService accounts,
            SessionService sessions,
            Clock clock) {
        this.own = own;
        this.foreign = foreign;
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * @param device what brought it
     * @throws TokenRefused when it proves nothing
     */
    public VerifiedToken verify(@Nullable String token, Device device) {
        if (token == null || token.isBlank()) {
            throw new TokenRefused(Reason.TOKEN_MISSING);
        }
        if (token.length() > LONGEST) {
            throw new TokenRefused(Reason.TOKEN_INVALID);
        }
        Claimed claimed = Claimed.by(token);
        VerifiedToken verified = foreign.filter(other -> other.name().equals(claimed.issuer()))
                .map(other -> vouchedFor(other.verified(token, claimed.kid(), clock), claimed.issuer(), device))
                .or(() -> own.map(ourselves -> ours(ourselves.verified(token, claimed.kid(), clock))))
                .orElseThrow(() -> new TokenRefused(Reason.TOKEN_INVALID));
        UUID sessionId = verified.caller().sessionId();
        if (!sessions.endedAmong(List.of(sessionId)).isEmpty()) {
            throw new TokenRefused(Reason.TOKEN_INVALID);
        }
        return verified;
    }

    private VerifiedToken ours(JsonWebToken claims) {
        UUID userId = uuid(claims.getSubject());
        UUID sessionId = uuid(claims.getClaim("sid"));
        Holder holder = accounts.holder(userId).orElseThrow(() -> new TokenRefused(Reason.TOKEN_INVALID));
        // what the token says of roles was true when it was made
        Set<String> roles = new HashSet<>(holder.roles());
        roles.add(Roles.USER);
        return verified(holder, sessionId, roles, claims);
    }

    private VerifiedToken vouchedFor(JsonWebToken claims, String issuer, Device device) {
        String subject = claims.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new TokenRefused(Reason.TOKEN_INVALID);
        }
        String username = text(claims, "preferred_username")
                .orElseGet(() -> claims.getName() == null ? subject : claims.getName());
        Holder holder = accounts.vouchedFor(
                issuer, subject, username, text(claims, "name").orElse(null));
        // what stays the same while a device's tokens are renewed; an issuer that tells none of it has one device for
        // each person
        String session = text(claims, "sid")
                .or(() -> text(claims, "session_state"))
                .or(() -> provedAt(claims).map(Instant::toString))
                .map(word -> subject + ' ' + word)
                .orElse(subject);
        UUID sessionId = UUID.nameUUIDFromBytes((issuer + ' ' + session).getBytes(StandardCharsets.UTF_8));
        sessions.adopt(sessionId, holder.user().id(), device, provedAt(claims).orElse(null));
        Set<String> groups = claims.getGroups() == null ? Set.of() : claims.getGroups();
        return verified(holder, sessionId, groups, claims);
    }

    private static VerifiedToken verified(Holder holder, UUID sessionId, Set<String> roles, JsonWebToken claims) {
        if (holder.disabled()) {
            throw new TokenRefused(Reason.TOKEN_INVALID);
        }
        User user = holder.user();
        return new VerifiedToken(
                new Caller(user.id(), sessionId, user.username(), roles),
                Instant.ofEpochSecond(claims.getExpirationTime()));
    }

    /** What a token says of itself, unproved: it only tells whose key to try. */
    private record Claimed(String issuer, String kid) {

        static Claimed by(String token) {
            String[] parts = token.split("\\.", -1);
            if (parts.length != 3) {
                throw new TokenRefused(Reason.TOKEN_INVALID);
            }
            return new Claimed(text(parts[1], "iss"), text(parts[0], "kid"));
        }

        private static String text(String part, String name) {
            try {
                JsonNode json = PLAIN.readTree(Base64.getUrlDecoder().decode(part));
                return json == null ? "" : json.path(name).asText("");
            } catch (IOException | IllegalArgumentException nonsense) {
                throw new TokenRefused(Reason.TOKEN_INVALID);
            }
        }
    }

    /** When the person last proved to the issuer who they are. */
    private static Optional<Instant> provedAt(JsonWebToken claims) {
        return claims.getClaim("auth_time") instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
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
