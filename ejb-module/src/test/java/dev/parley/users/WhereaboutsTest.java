package dev.parley.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.ManualClock;
import dev.parley.cluster.TestDatabase;
import dev.parley.identity.Caller;
import dev.parley.testing.Announcements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {

    private static final Instant THEN = Instant.parse("2026-11-22T08:00:00Z");

    private final TestDatabase database = new TestDatabase();
    private final AccountService accounts = new AccountService();
    private final Whereabouts whereabouts = new Whereabouts();

    @BeforeEach
    void wire() {
        accounts.entities = database.entities();
        accounts.passwords = new Passwords(4);
        accounts.clock = new ManualClock();
        accounts.changes = new Announcements<>();
        whereabouts.entities = database.entities();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private UUID open(String username) {
        return database.transaction(
                () -> accounts.open(username, "correct horse", null).id());
    }

    @Test
    void tells_when_people_were_there_who_were_and_let_others_know() {
        UUID alice = open("alice");
        UUID bob = open("bob");
        UUID carol = open("carol");
        database.transaction(() -> {
            whereabouts.seen(alice, THEN);
            whereabouts.seen(bob, THEN);
        });
        Caller asBob = new Caller(bob, UUID.randomUUID(), "bob", Set.of());

        database.transaction(() -> accounts.change(asBob, new ProfileChange(null, null, false)));
        assertThat(whereabouts.lastSeen(List.of(alice, bob, carol))).isEqualTo(Map.of(alice, THEN));

        database.transaction(() -> accounts.change(asBob, new ProfileChange(null, null, true)));
        assertThat(whereabouts.lastSeen(List.of(alice, bob, carol))).isEqualTo(Map.of(alice, THEN, bob, THEN));
    }

    @Test
    void keeps_what_somebody_chose_until_they_choose_nothing() {
        UUID alice = open("alice");
        Whereabouts.Chosen chosen = new Whereabouts.Chosen("DND", "Writing", THEN);

        database.transaction(() -> whereabouts.choose(alice, chosen));
        assertThat(whereabouts.chosen(alice)).contains(chosen);

        database.transaction(() -> whereabouts.choose(alice, null));
        assertThat(whereabouts.chosen(alice)).isEmpty();
    }
}
