package dev.parley.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The same on a real PostgreSQL, which lives as long as the test JVM. */
final class PostgresParley extends Lent {

    /** A limit of the role of bots. */
    private static final String QUICK = "10000/s burst 10000";

    private static final EmbeddedPostgres POSTGRES = postgres();

    static String jdbcUrl() {
        return POSTGRES.getJdbcUrl("postgres", "postgres");
    }

    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    Parley start() {
        return Parley.start(
                "postgres",
                Map.ofEntries(
                        Map.entry("PARLEY_DB_DRIVER", "postgresql"),
                        Map.entry("PARLEY_DB_URL", jdbcUrl()),
                        Map.entry("PARLEY_DB_USER", "postgres"),
                        Map.entry("PARLEY_DB_PASSWORD", "postgres"),
                        Map.entry("PARLEY_ADMIN_USERNAME", SharedParley.ADMIN),
                        Map.entry("PARLEY_ADMIN_PASSWORD", SharedParley.ADMIN_PASSWORD),
                        Map.entry("PARLEY_LIMITS_ROLES", "bot"),
                        Map.entry("PARLEY_LIMITS_EVENT_BOT", QUICK),
                        Map.entry("PARLEY_LIMITS_MESSAGE_BOT", QUICK),
                        Map.entry("PARLEY_LIMITS_EPHEMERAL_BOT", QUICK),
                        Map.entry("PARLEY_LIMITS_TYPING_BOT", QUICK),
                        Map.entry("PARLEY_LIMITS_PRESENCE_BOT", QUICK),
                        Map.entry("PARLEY_LIMITS_READ_BOT", QUICK),
                        Map.entry("PARLEY_LIMITS_ROOM_BOT", QUICK),
                        Map.entry("PARLEY_LIMITS_PRESIGN_BOT", QUICK),
                        Map.entry("PARLEY_LIMITS_CALL_START_BOT", QUICK)));
    }

    /** Somebody whose role may be as quick as a test is. */
    static Person bot(Parley parley) {
        Person admin = new Person(parley);
        admin.login(SharedParley.ADMIN, SharedParley.ADMIN_PASSWORD);
        Person bot = Person.registered(parley, "bot");
        Person.Answer given = admin.patch("/api/admin/users/" + bot.id(), Map.of("roles", List.of("bot")));
        if (given.status() != 200) {
            throw new AssertionError("PATCH answered " + given.status() + " " + given.body());
        }
        return bot;
    }
}
