package dev.parley.users;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of a person's presence outlives their connections, and the server. */
@Stateless
public class Whereabouts {

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    /**
     * What a person chose to be shown as.
     *
     * @param until null for ever
     */
    public record Chosen(
            String status, @Nullable String text, @Nullable Instant until) {}

    public void seen(UUID userId, Instant at) {
        entities.createQuery("update Account a set a.lastSeenAt = :at where a.id = :id")
                .setParameter("at", at)
                .setParameter("id", userId)
                .executeUpdate();
    }

    /** When people were last there, of those who ever were and let others know. */
    public Map<UUID, Instant> lastSeen(Collection<UUID> userIds) {
        return entities.createQuery(
                        "select a.id, a.lastSeenAt from Account a"
                                + " where a.id in :ids and a.lastSeenAt is not null and a.shareLastSeen = true",
                        Object[].class)
                .setParameter("ids", userIds)
                .getResultStream()
                .collect(Collectors.toMap(row -> (UUID) row[0], row -> (Instant) row[1]));
    }

    /** @param chosen null for nothing any more */
    public void choose(UUID userId, @Nullable Chosen chosen) {
        Account account = entities.find(Account.class, userId);
        if (account != null) {
            account.chosenStatus = chosen == null ? null : chosen.status();
            account.chosenText = chosen == null ? null : chosen.text();
            account.chosenUntil = chosen == null ? null : chosen.until();
        }
    }

    public Optional<Chosen> chosen(UUID userId) {
        return Optional.ofNullable(entities.find(Account.class, userId))
                .filter(account -> account.chosenStatus != null)
                .map(account ->
                        new Chosen(String.valueOf(account.chosenStatus), account.chosenText, account.chosenUntil));
    }
}
