package dev.parley.users;

import dev.parley.identity.Caller;
import dev.parley.text.Text;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds people. */
@Stateless
public class UserService {

    static final int MOST = 50;

    static final int LONGEST_QUERY = 100;

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    public Optional<User> find(UUID id) {
        return Optional.ofNullable(entities.find(Account.class, id)).map(Account::shown);
    }

    /** Those of the people who exist. */
    public Map<UUID, User> byIds(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("select a from Account a where a.id in :ids", Account.class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(Account::shown)
                .collect(Collectors.toMap(User::id, Function.identity()));
    }

    /** Those of the people who exist, by user name. */
    public Map<String, User> byUsernames(Collection<String> usernames) {
        if (usernames.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("select a from Account a where a.username in :usernames", Account.class)
                .setParameter("usernames", usernames)
                .getResultStream()
                .map(Account::shown)
                .collect(Collectors.toMap(User::username, Function.identity()));
    }

    /**
     * People whom the caller may address, by the beginning of their user name or of any word of their display name, whatever the
     * case; without the caller.
     *
     * @param query empty for anybody
     * @param limit at most 50
     */
    public List<User> search(Caller caller, String query, int limit) {
        String prefix = escaped(Text.query(query, LONGEST_QUERY).strip().toLowerCase(Locale.ROOT));
        return entities.createQuery("""
                        select a from Account a
                        where a.id <> :self and a.disabledAt is null and (a.username like :start escape '!'
                           or lower(a.displayName) like :start escape '!' or lower(a.displayName) like :word escape '!')
                        order by lower(a.displayName), a.id""", Account.class)
                .setParameter("self", caller.userId())
                .setParameter("start", prefix + "%")
                .setParameter("word", "% " + prefix + "%")
                .setMaxResults(Math.clamp(limit, 1, MOST))
                .getResultStream()
                .map(Account::shown)
                .toList();
    }

    static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
