package dev.parley.signin;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.users.AccountService;
import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets people in. Without a transaction of its own: each step commits for itself, so that a refusal undoes none (ending the
 * sign-in of a reused token, above all).
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SignInService {

    /** Longer is no name, and would only fill the memory of failures. */
    private static final int LONGEST_NAME = 255;

    @EJB
    AccountService accounts;

    @EJB
    UserService users;

    @EJB
    SessionService sessions;

    @EJB
    SigningKeys keys;

    @Inject
    SignInSettings settings;

    @Inject
    RateLimiter limiter;

    @Inject
    Patience patience;

    @Inject
    Clock clock;

    /**
     * Opens an account and signs in.
     *
     * @param address where the request came from
     * @throws Problem {@code forbidden} when registration is off, {@code invalid}, {@code conflict}, {@code rate_limited}
     */
    public SignedIn register(
            @Nullable String username, @Nullable String password, @Nullable String displayName, String address) {
        if (!settings.registration()) {
            throw Problem.of(Code.FORBIDDEN, "Registration is closed here.");
        }
        limiter.check(Limit.REGISTER, address);
        User user = accounts.open(username, password, displayName);
        return signedIn(user, sessions.begin(user.id()));
    }

    /**
     * @param address where the request came from
     * @throws Problem {@code unauthorized}, the same for an unknown name and a wrong password; {@code rate_limited}
     */
    public SignedIn signIn(@Nullable String username, @Nullable String password, String address) {
        if (username == null || password == null || username.length() > LONGEST_NAME) {
            throw Problem.invalid("Signing in takes a user name and a password.");
        }
        String name = username.strip().toLowerCase(Locale.ROOT);
        limiter.check(Limit.SIGN_IN, address);
        patience.check(name, address);
        Optional<User> user = accounts.verified(name, password);
        if (user.isEmpty()) {
            patience.failed(name, address);
            throw Problem.of(Code.UNAUTHORIZED, "The user name or the password is wrong.");
        }
        patience.succeeded(name, address);
        return signedIn(user.get(), sessions.begin(user.get().id()));
    }

    /** @throws Problem {@code unauthorized} when the token is worth nothing, {@code rate_limited} */
    public SignedIn refresh(String refreshToken, String address) {
        limiter.check(Limit.REFRESH, address);
        return sessions.trade(refreshToken)
                .flatMap(link -> users.find(link.accountId()).map(user -> signedIn(user, link)))
                .orElseThrow(() -> Problem.of(Code.UNAUTHORIZED, "The session is over: sign in again."));
    }

    private SignedIn signedIn(User user, SessionService.Link link) {
        Instant now = clock.instant();
        Instant expiresAt = now.plus(settings.accessLife());
        String token = AccessTokens.signed(keys.current(), settings.issuer(), user, link.sessionId(), now, expiresAt);
        return new SignedIn(user, token, settings.accessLife(), link.secret(), settings.sessionLife());
    }
}
