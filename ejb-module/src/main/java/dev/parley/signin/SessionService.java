package dev.parley.signin;

import com.fasterxml.uuid.Generators;
import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sign-ins and the chains of their refresh tokens. */
@Stateless
public class SessionService {

    /** Sign-ins of one person. */
    private static final int MOST = 50;

    /** How exactly it is known when another issuer's session was used. */
    private static final Duration TOUCHED = Duration.ofMinutes(5);

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Clock clock;

    @Inject
    SignInSettings settings;

    @Inject
    Event<SignInFact> facts;

    /**
     * A link of a chain.
     *
     * @param secret the refresh token
     */
    public record Link(UUID sessionId, UUID accountId, String secret) {

        @Override
        public String toString() {
            return "Link[" + sessionId + "]";
        }
    }

    /** 256 random bits, as a browser may keep them. */
    public static String newSecret() {
        return RefreshToken.newSecret();
    }

    /** Whether a browser with this secret signed in to that account before. */
    public boolean known(String username, String secret) {
        return !entities.createQuery(
                        "select s.id from SignIn s join Account a on a.id = s.accountId where a.username = :name and s.knownHash = :hash",
                        UUID.class)
                .setParameter("name", username)
                .setParameter("hash", RefreshToken.hash(secret))
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** Begins a sign-in at a browser that is not known again. */
    public Link begin(UUID accountId, Device device) {
        return begin(accountId, device, null);
    }

    /**
     * Begins a sign-in. Who has very many loses the one that was unused for longest.
     *
     * @param known the secret by which the browser is known again
     */
    public Link begin(UUID accountId, Device device, @Nullable String known) {
        Instant now = clock.instant();
        List<SignIn> alive = alive(accountId);
        alive.stream().skip(MOST - 1L).forEach(forgotten -> revoke(forgotten, now));
        SignIn signIn = new SignIn(
                Generators.timeBasedEpochRandomGenerator().generate(),
                accountId,
                device,
                now,
                now.plus(settings.sessionLife()));
        signIn.knownHash = known == null ? null : RefreshToken.hash(known);
        entities.persist(signIn);
        return extended(signIn, now);
    }

    /**
     * Knows a sign-in that another issuer began, so that it is listed and can be ended here; idempotent. One that was ended here
     * begins again when its person has proved themself anew since: the issuer, which was not told, calls it the same.
     *
     * @param provedAt when they last did, if the issuer says so
     */
    public void adopt(UUID sessionId, UUID accountId, Device device, @Nullable Instant provedAt) {
        Instant now = clock.instant();
        Instant until = now.plus(settings.sessionLife());
        SignIn known = entities.find(SignIn.class, sessionId);
        if (known != null) {
            if (known.revokedAt != null && provedAt != null && provedAt.isAfter(known.revokedAt)) {
                known.revokedAt = null;
                known.used(device, now, until);
            } else if (known.alive(now) && known.usedAt.plus(TOUCHED).isBefore(now)) {
                known.used(device, now, until);
            }
            return;
        }
        // two of its requests may be the first: the second finds the row there
        entities.createNativeQuery("""
                        insert into sign_in (id, account_id, device, address, created_at, used_at, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .setParameter(1, sessionId)
                .setParameter(2, accountId)
                .setParameter(3, device.name())
                .setParameter(4, device.address())
                .setParameter(5, now.atOffset(ZoneOffset.UTC))
                .setParameter(6, now.atOffset(ZoneOffset.UTC))
                .setParameter(7, until.atOffset(ZoneOffset.UTC))
                .executeUpdate();
    }

    /** The devices that the caller is signed in with, the one last used first. */
    public List<DeviceSession> devicesOf(Caller caller) {
        return alive(caller.userId()).stream()
                .map(signIn -> signIn.shown(caller.sessionId()))
                .toList();
    }

    private List<SignIn> alive(UUID accountId) {
        return entities.createQuery("""
                        select s from SignIn s
                        where s.accountId = :account and s.revokedAt is null and s.expiresAt > :now
                        order by s.usedAt desc, s.id desc""", SignIn.class)
                .setParameter("account", accountId)
                .setParameter("now", clock.instant())
                .getResultList();
    }

    /**
     * Ends one of the caller's sign-ins.
     *
     * @throws Problem {@code not_found} when the caller has no such session
     */
    public void end(Caller caller, UUID sessionId) {
        SignIn signIn = entities.find(SignIn.class, sessionId);
        if (signIn == null || !signIn.accountId.equals(caller.userId()) || !signIn.alive(clock.instant())) {
            throw Problem.notFound("session");
        }
        revoke(signIn, clock.instant());
    }

    /** Ends all of the caller's sign-ins but the one that asks. */
    public void endOthers(Caller caller) {
        endOthers(caller, () -> {});
    }

    /** Changes something and ends all of the caller's other sign-ins, or does neither. */
    public void endOthers(Caller caller, Runnable change) {
        change.run();
        alive(caller.userId()).stream()
                .filter(signIn -> !signIn.id.equals(caller.sessionId()))
                .forEach(signIn -> revoke(signIn, clock.instant()));
    }

    /** Ends all sign-ins of somebody. */
    public void endAll(UUID accountId) {
        alive(accountId).forEach(signIn -> revoke(signIn, clock.instant()));
    }

    /**
     * Trades a refresh token for the next. One that was traded before is in wrong hands, or its successor is: nobody can tell
     * which, so the whole sign-in ends.
     *
     * @return empty when the token is worth nothing
     */
    public Optional<Link> trade(String secret, Device device) {
        Instant now = clock.instant();
        RefreshToken token = entities.find(RefreshToken.class, RefreshToken.hash(secret));
        SignIn signIn = token == null ? null : entities.find(SignIn.class, token.signInId);
        if (token == null || signIn == null || !signIn.alive(now)) {
            return Optional.empty();
        }
        // the database decides which of two that trade at once is first
        int first = entities.createQuery(
                        "update RefreshToken t set t.usedAt = :now where t.hash = :hash and t.usedAt is null")
                .setParameter("now", now)
                .setParameter("hash", token.hash)
                .executeUpdate();
        if (first == 0) {
            revoke(signIn, now);
            return Optional.empty();
        }
        signIn.used(device, now, now.plus(settings.sessionLife()));
        return Optional.of(extended(signIn, now));
    }

    private Link extended(SignIn signIn, Instant now) {
        String secret = RefreshToken.newSecret();
        entities.persist(new RefreshToken(secret, signIn.id, now));
        return new Link(signIn.id, signIn.accountId, secret);
    }

    /** Ends the sign-in that this refresh token belongs to, if any. */
    public void endBy(String secret) {
        RefreshToken token = entities.find(RefreshToken.class, RefreshToken.hash(secret));
        if (token != null) {
            end(token.signInId);
        }
    }

    /** Ends a sign-in; idempotent. */
    public void end(UUID sessionId) {
        SignIn signIn = entities.find(SignIn.class, sessionId);
        if (signIn != null) {
            revoke(signIn, clock.instant());
        }
    }

    private void revoke(SignIn signIn, Instant now) {
        if (signIn.revokedAt == null) {
            signIn.revokedAt = now;
            facts.fire(new SignInFact.Revoked(signIn.id));
        }
    }

    /** Those of the sign-ins that are not (or no longer) good. */
    public Set<UUID> endedAmong(Collection<UUID> sessionIds) {
        Set<UUID> ended = new HashSet<>(sessionIds);
        if (!ended.isEmpty()) {
            List<UUID> alive = entities.createQuery(
                            "select s.id from SignIn s where s.id in :ids and s.revokedAt is null and s.expiresAt > :now",
                            UUID.class)
                    .setParameter("ids", List.copyOf(ended))
                    .setParameter("now", clock.instant())
                    .getResultList();
            alive.forEach(ended::remove);
        }
        return ended;
    }

    /** Every node does this once an hour; there is nothing left for the second. */
    @Schedule(hour = "*", minute = "17", persistent = false)
    public void forgetTheExpired() {
        entities.createQuery("delete from SignIn s where s.expiresAt < :now")
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
