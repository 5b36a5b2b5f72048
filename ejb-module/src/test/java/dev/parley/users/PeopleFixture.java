package dev.parley.users;

import dev.parley.identity.Caller;
import dev.parley.testing.Persistence;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** People in a test's database. */
public final class PeopleFixture {

    private final Persistence persistence;
    private final UserService users = new UserService();

    public PeopleFixture(Persistence persistence) {
        this.persistence = persistence;
        users.entities = persistence.entities();
    }

    public UserService users() {
        return users;
    }

    /** A new person with that user name. */
    public Caller person(String username) {
        UUID id = UUID.randomUUID();
        persistence.inTransaction(() -> persistence
                .entities()
                .createNativeQuery(
                        "insert into account (id, username, display_name, created_at) values (?1, ?2, ?3, ?4)")
                .setParameter(1, id)
                .setParameter(2, username)
                .setParameter(3, username.toUpperCase(java.util.Locale.ROOT))
                .setParameter(4, Instant.now())
                .executeUpdate());
        return new Caller(id, UUID.randomUUID(), username, Set.of("user"));
    }
}
