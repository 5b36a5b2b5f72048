package dev.parley.signin;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.text.Text;
import dev.parley.users.AccountService;
import dev.parley.users.Holder;
import dev.parley.users.User;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
     * @param origin where the request came from
     * @throws Problem {@code forbidden} when registration is off, {@code invalid}, {@code conflict}, {@code rate_limited}
     */
    public SignedIn register(
            @Nullable String username, @Nullable String password, @Nullable String displayName, Origin origin) {
        requireOwn();
        if (!settings.registration()) {
            throw Problem.of(Code.FORBIDDEN, "Registration is closed here.");
        }
        limiter.check(Limit.REGISTER, origin.network());
        User user = accounts.open(username, password, displayName);
        return signedIn(new Holder(user, Set.of(), false), sessions.begin(user.id(), origin.device(), origin.known()));
    }

    /**
     * @param origin where the request came from
     * @throws Problem {@code unauthorized}, the same for an unknown name and a wrong password; {@code forbidden} for who knows the
     *     password of an account that was closed; {@code rate_limited}
     */
    public SignedIn signIn(@Nullable String username, @Nullable String password, Origin origin) {
        requireOwn();
        if (username == null || password == null || username.length() > LONGEST_NAME) {
            throw Problem.invalid("Signing in takes a user name and a password.");
        }
        Text.wellFormed(password, "password");
        String name = Text.wellFormed(username, "user name").strip().toLowerCase(Locale.ROOT);
        limiter.check(Limit.SIGN_IN, origin.network());
        Holder holder = proved(name, password, origin)
                .orElseThrow(() -> Problem.of(Code.UNAUTHORIZED, "The user name or the password is wrong."));
        if (holder.disabled()) {
            throw Problem.of(Code.FORBIDDEN, "This account is closed.");
        }
        return signedIn(holder, sessions.begin(holder.user().id(), origin.device(), origin.known()));
    }

    private Optional<Holder> proved(String name, String password, Origin origin) {
        patience.check(name, origin.network(), origin.known() != null && sessions.known(name, origin.known()));
        Optional<Holder> holder = accounts.verified(name, password);
        if (holder.isEmpty()) {
            patience.failed(name, origin.network());
        } else {
            patience.succeeded(name, origin.network());
        }
        return holder;
    }

    /**
     * Changes the caller's password and ends all of their other sessions: one of them may be why.
     *
     * @throws Problem {@code forbidden} when the current password is wrong, {@code invalid}, {@code rate_limited}, {@code
     *     conflict} for who has no password here
     */
    public void changePassword(Caller caller, @Nullable String current, @Nullable String next, Origin origin) {
        requireOwn();
        if (current == null || next == null) {
            throw Problem.invalid("Changing a password takes the current one and a new one.");
        }
        Text.wellFormed(current, "password");
        limiter.check(Limit.SIGN_IN, origin.network());
        boolean proved = proved(caller.username(), current, origin)
                .filter(holder -> holder.user().id().equals(caller.userId()))
                .isPresent();
        if (!proved) {
            throw Problem.of(Code.FORBIDDEN, "The current password is wrong.");
        }
        sessions.endOthers(caller, () -> accounts.setPassword(caller.userId(), next));
    }

    private void requireOwn() {
        if (!settings.own()) {
            throw Problem.of(Code.FORBIDDEN, "People sign in elsewhere here: see /api/auth/config.");
        }
    }

    /** @throws Problem {@code unauthorized} when the token is worth nothing, {@code rate_limited} */
    public SignedIn refresh(String refreshToken, Origin origin) {
        requireOwn();
        limiter.check(Limit.REFRESH, origin.network());
        return sessions.trade(refreshToken, origin.device())
                .flatMap(link -> accounts.holder(link.accountId())
                        .filter(holder -> !holder.disabled())
                        .map(holder -> signedIn(holder, link)))
                .orElseThrow(() -> Problem.of(Code.UNAUTHORIZED, "The session is over: sign in again."));
    }

    private SignedIn signedIn(Holder holder, SessionService.Link link) {
        Instant now = clock.instant();
        Instant expiresAt = now.plus(settings.accessLife());
        String token = AccessTokens.signed(keys.current(), settings.issuer(), holder, link.sessionId(), now, expiresAt);
        return new SignedIn(holder.user(), token, settings.accessLife(), link.secret(), settings.sessionLife());
    }
}
