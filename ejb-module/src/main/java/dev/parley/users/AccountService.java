package dev.parley.users;

import com.fasterxml.uuid.Generators;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Accounts: who they belong to, and whether a password is theirs. */
@Stateless
public class AccountService {

    private static final int SHORTEST_PASSWORD = 8;

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Passwords passwords;

    @Inject
    Clock clock;

    @Inject
    @ConfigProperty(name = "parley.demo.people", defaultValue = "false")
    boolean demoPeople;

    public User me(Caller caller) {
        return account(caller).shown();
    }

    public User change(Caller caller, ProfileChange change) {
        Account account = account(caller);
        if (change.displayName() != null) {
            account.displayName = Profile.displayName(change.displayName());
        }
        if (change.avatarUrl() != null) {
            account.avatarUrl = Profile.avatarUrl(change.avatarUrl());
        }
        return account.shown();
    }

    private Account account(Caller caller) {
        Account account = entities.find(Account.class, caller.userId());
        if (account == null) {
            throw Problem.of(Code.UNAUTHORIZED, "This account is gone.");
        }
        return account;
    }

    /**
     * Opens an account.
     *
     * @throws Problem {@code invalid}, or {@code conflict} when the user name is taken
     */
    public User open(@Nullable String username, @Nullable String password, @Nullable String displayName) {
        String name = Profile.username(username);
        String shown = Profile.displayName(displayName == null || displayName.isBlank() ? name : displayName);
        if (password == null
                || password.codePointCount(0, password.length()) < SHORTEST_PASSWORD
                || password.getBytes(StandardCharsets.UTF_8).length > Passwords.MOST_BYTES) {
            throw Problem.invalid(
                    "A password has " + SHORTEST_PASSWORD + " characters to " + Passwords.MOST_BYTES + " bytes.");
        }
        if (named(name).isPresent()) {
            throw taken();
        }
        Account account = created(name, shown);
        account.passwordHash = passwords.hash(password);
        return persisted(account);
    }

    /**
     * The person with that user name and password. Takes as long for somebody who does not exist. People of the demonstration do
     * not exist when it is off: their password is no secret.
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // holds no connection while it hashes
    public Optional<User> verified(String username, String password) {
        Optional<Account> account =
                named(username.strip().toLowerCase(Locale.ROOT)).filter(found -> demoPeople || !found.demo);
        boolean proved =
                passwords.verify(account.map(found -> found.passwordHash).orElse(null), password);
        return proved ? account.map(Account::shown) : Optional.empty();
    }

    /** The person for whom another issuer vouches; the first time, their account is opened. */
    public User vouchedFor(String issuer, String subject, String username, @Nullable String displayName) {
        List<Account> known = entities.createQuery(
                        "select a from Account a where a.issuer = :issuer and a.subject = :subject", Account.class)
                .setParameter("issuer", issuer)
                .setParameter("subject", subject)
                .getResultList();
        if (!known.isEmpty()) {
            return known.getFirst().shown();
        }
        String name = username.strip().toLowerCase(Locale.ROOT);
        // never somebody else's account because the names are alike
        Account account = created(
                named(name).isPresent() ? name + "~" + shortId() : name,
                displayName == null || displayName.isBlank() ? name : displayName.strip());
        account.issuer = issuer;
        account.subject = subject;
        return persisted(account);
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

    private Account created(String username, String displayName) {
        return new Account(
                Generators.timeBasedEpochRandomGenerator().generate(), username, displayName, clock.instant());
    }

    private static String shortId() {
        return UUID.randomUUID().toString().substring(0, 8);
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
