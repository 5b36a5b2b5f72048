package dev.parley.users;

import com.fasterxml.uuid.Generators;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.text.Text;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Accounts: who they belong to, and whether a password is theirs. What others may do to them is decided above. */
@Stateless
public class AccountService {

    private static final int SHORTEST_PASSWORD = 8;

    /** So many people may want to be called alike, and come at once, before somebody has to try again. */
    private static final int NAMES_TRIED = 20;

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Passwords passwords;

    @Inject
    Clock clock;

    @Inject
    Event<ProfileChanged> changes;

    @Inject
    @ConfigProperty(name = "parley.demo.people", defaultValue = "false")
    boolean demoPeople;

    public User me(Caller caller) {
        return account(caller).shown();
    }

    /** The same with what is nobody else's business. */
    public Self self(Caller caller) {
        return account(caller).self();
    }

    public Self change(Caller caller, ProfileChange change) {
        Account account = account(caller);
        if (change.displayName() != null) {
            account.displayName = Profile.displayName(change.displayName());
        }
        if (change.avatarUrl() != null) {
            account.avatarUrl = Profile.avatarUrl(change.avatarUrl());
        }
        if (change.shareLastSeen() != null) {
            account.shareLastSeen = change.shareLastSeen();
        }
        changes.fire(new ProfileChanged(account.shown()));
        return account.self();
    }

    private Account account(Caller caller) {
        Account account = entities.find(Account.class, caller.userId());
        if (account == null) {
            throw Problem.of(Code.UNAUTHORIZED, "This account is gone.");
        }
        return account;
    }

    public Optional<Holder> holder(UUID id) {
        return Optional.ofNullable(entities.find(Account.class, id)).map(Account::holder);
    }

    /**
     * Accounts by the beginning of their user name, closed ones too, in the order of user names.
     *
     * @param prefix empty for all
     */
    public List<Holder> holders(String prefix, int limit) {
        return entities.createQuery(
                        "select a from Account a where a.username like :start escape '!' order by a.username",
                        Account.class)
                .setParameter(
                        "start",
                        UserService.escaped(Text.query(prefix, UserService.LONGEST_QUERY)
                                        .strip()
                                        .toLowerCase(Locale.ROOT))
                                + "%")
                .setMaxResults(Math.clamp(limit, 1, UserService.MOST))
                .getResultStream()
                .map(Account::holder)
                .toList();
    }

    /**
     * Opens an account.
     *
     * @throws Problem {@code invalid}, or {@code conflict} when the user name is taken
     */
    public User open(@Nullable String username, @Nullable String password, @Nullable String displayName) {
        String name = Profile.username(username);
        String shown = Profile.displayName(displayName == null || displayName.isBlank() ? name : displayName);
        String sound = sound(password);
        if (named(name).isPresent()) {
            throw taken();
        }
        Account account = created(name, shown);
        account.passwordHash = passwords.hash(sound);
        return persisted(account);
    }

    private static String sound(@Nullable String password) {
        if (password == null
                || password.codePointCount(0, password.length()) < SHORTEST_PASSWORD
                || password.getBytes(StandardCharsets.UTF_8).length > Passwords.MOST_BYTES) {
            throw Problem.invalid(
                    "A password has " + SHORTEST_PASSWORD + " characters to " + Passwords.MOST_BYTES + " bytes.");
        }
        return Text.wellFormed(password, "password");
    }

    /**
     * The account with that user name and password, closed or not. Takes as long for somebody who does not exist. People of the
     * demonstration do not exist when it is off: their password is no secret.
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // holds no connection while it hashes
    public Optional<Holder> verified(String username, String password) {
        Optional<Account> account =
                named(username.strip().toLowerCase(Locale.ROOT)).filter(found -> demoPeople || !found.demo);
        boolean proved =
                passwords.verify(account.map(found -> found.passwordHash).orElse(null), password);
        return proved ? account.map(Account::holder) : Optional.empty();
    }

    /** @throws Problem {@code invalid}, {@code not_found}, {@code conflict} for who has no password here */
    public void setPassword(UUID id, @Nullable String password) {
        String hash = passwords.hash(sound(password));
        Account account = existing(id);
        if (account.issuer != null) {
            throw Problem.of(Code.CONFLICT, "This person's password is kept elsewhere.");
        }
        account.passwordHash = hash;
    }

    /** @throws Problem {@code not_found} */
    public Holder setDisabled(UUID id, boolean disabled) {
        Account account = existing(id);
        account.disabledAt = disabled ? clock.instant() : null;
        return account.holder();
    }

    /** @throws Problem {@code invalid}, {@code not_found} */
    public Holder setRoles(UUID id, Collection<String> roles) {
        Account account = existing(id);
        account.roles = Roles.written(roles);
        return account.holder();
    }

    private Account existing(UUID id) {
        Account account = entities.find(Account.class, id);
        if (account == null) {
            throw Problem.notFound("user");
        }
        return account;
    }

    /**
     * The account of somebody for whom another issuer vouches; the first time, it is opened. It is known by issuer and subject
     * alone: never somebody else's because the names are alike.
     *
     * @param name what the person would like to be called; made to fit, and numbered if somebody else is called so
     */
    public Holder vouchedFor(String issuer, String subject, String name, @Nullable String displayName) {
        Optional<Account> known = vouched(issuer, subject);
        for (int attempt = 0; known.isEmpty() && attempt < NAMES_TRIED; attempt++) {
            String candidate = Profile.usernameLike(name, attempt);
            if (named(candidate).isEmpty()) {
                insert(issuer, subject, candidate, Profile.displayNameLike(displayName, candidate));
                known = vouched(issuer, subject);
            }
        }
        return known.map(Account::holder)
                .orElseThrow(() -> Problem.of(Code.CONFLICT, "Too many people are called " + name + "."));
    }

    /** Two first requests of one person, or two people who are called alike, may be here at once: one of them finds the row there. */
    private void insert(String issuer, String subject, String username, String displayName) {
        entities.createNativeQuery("""
                        insert into account (id, username, display_name, issuer, subject, created_at)
                        values (?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .setParameter(1, Generators.timeBasedEpochRandomGenerator().generate())
                .setParameter(2, username)
                .setParameter(3, displayName)
                .setParameter(4, issuer)
                .setParameter(5, subject)
                .setParameter(6, clock.instant().atOffset(ZoneOffset.UTC))
                .executeUpdate();
    }

    private Optional<Account> vouched(String issuer, String subject) {
        return entities.createQuery(
                        "select a from Account a where a.issuer = :issuer and a.subject = :subject", Account.class)
                .setParameter("issuer", issuer)
                .setParameter("subject", subject)
                .getResultStream()
                .findFirst();
    }

    /** Opens the account of a person of the demonstration, if it is not open yet. */
    public void openDemo(String username, String displayName, String password) {
        if (named(username).isEmpty()) {
            Account account = created(username, displayName);
            account.demo = true;
            account.passwordHash = passwords.hash(password);
            persisted(account);
        }
    }

    /** Opens an account with a role, if there is none of that name. */
    public void openWithRole(String username, String password, String role) {
        if (named(Profile.username(username)).isEmpty()) {
            User user = open(username, password, null);
            setRoles(user.id(), List.of(role));
        }
    }

    private Account created(String username, String displayName) {
        return new Account(
                Generators.timeBasedEpochRandomGenerator().generate(), username, displayName, clock.instant());
    }

    private User persisted(Account account) {
        try {
            entities.persist(account);
            entities.flush();
            return account.shown();
        } catch (PersistenceException failed) {
            if (violatesConstraint(failed)) {
                throw taken();
            }
            throw failed;
        }
    }

    /** Somebody else was faster: class 23 of SQL's states. */
    private static boolean violatesConstraint(PersistenceException failed) {
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith("23")) {
                return true;
            }
        }
        return false;
    }

    private static Problem taken() {
        return Problem.of(Code.CONFLICT, "This user name is taken.");
    }

    private Optional<Account> named(String username) {
        return entities.createQuery("select a from Account a where a.username = :username", Account.class)
                .setParameter("username", username)
                .getResultStream()
                .findFirst();
    }
}
