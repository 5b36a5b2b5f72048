package dev.parley.signin;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.users.AccountService;
import dev.parley.users.Holder;
import dev.parley.users.User;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What administrators do to the accounts of others; whoever is none is told {@code forbidden}. */
@Stateless
public class AdminService {

    @EJB
    AccountService accounts;

    @EJB
    SessionService sessions;

    @EJB
    SigningKeys keys;

    @Inject
    SignInSettings settings;

    /**
     * What changes about an account; what is null stays.
     *
     * @param disabled whether it is closed: its sessions end at once and nobody signs in
     * @param roles besides {@code user}
     * @param password a new one: all sessions end at once
     */
    public record Change(
            @Nullable Boolean disabled,
            @Nullable Set<String> roles,
            @Nullable String password) {

        @Override
        public String toString() {
            return "Change[disabled=" + disabled + ", roles=" + roles + "]";
        }
    }

    /** @param prefix of the user name */
    public List<Holder> list(Caller caller, String prefix, int limit) {
        require(caller);
        return accounts.holders(prefix, limit);
    }

    /** @throws Problem {@code not_found} */
    public Holder find(Caller caller, UUID userId) {
        require(caller);
        return accounts.holder(userId).orElseThrow(() -> Problem.notFound("user"));
    }

    /** @throws Problem {@code invalid}, {@code conflict} */
    public Holder open(
            Caller caller,
            @Nullable String username,
            @Nullable String password,
            @Nullable String displayName,
            Set<String> roles) {
        require(caller);
        User user = accounts.open(username, password, displayName);
        return accounts.setRoles(user.id(), roles);
    }

    /** @throws Problem {@code not_found}, {@code invalid}; {@code conflict} for closing one's own account */
    public Holder change(Caller caller, UUID userId, Change change) {
        require(caller);
        boolean closed = Boolean.TRUE.equals(change.disabled());
        if (closed && userId.equals(caller.userId())) {
            throw Problem.of(Code.CONFLICT, "Nobody closes their own account.");
        }
        if (change.roles() != null) {
            accounts.setRoles(userId, change.roles());
        }
        if (change.password() != null) {
            accounts.setPassword(userId, change.password());
        }
        if (change.disabled() != null) {
            accounts.setDisabled(userId, closed);
        }
        if (closed || change.password() != null) {
            sessions.endAll(userId);
        }
        return find(caller, userId);
    }

    /** Ends all sessions of somebody, who may sign in again. */
    public void endSessions(Caller caller, UUID userId) {
        find(caller, userId);
        sessions.endAll(userId);
    }

    /** @param atOnce because the old key is in wrong hands */
    public SigningKey rotateKey(Caller caller, boolean atOnce) {
        require(caller);
        return keys.rotate(atOnce);
    }

    public boolean isAdministrator(Caller caller) {
        return caller.roles().contains(settings.adminRole());
    }

    /** @throws Problem {@code forbidden} for whoever is no administrator */
    public void require(Caller caller) {
        if (!isAdministrator(caller)) {
            throw Problem.of(Code.FORBIDDEN, "That is for administrators.");
        }
    }
}
