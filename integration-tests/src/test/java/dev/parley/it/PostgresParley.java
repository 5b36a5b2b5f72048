package dev.parley.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The same on a real PostgreSQL, which lives as long as the test JVM. */
final class PostgresParley extends Lent {

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
                Map.of(
                        "PARLEY_DB_DRIVER", "postgresql",
                        "PARLEY_DB_URL", jdbcUrl(),
                        "PARLEY_DB_USER", "postgres",
                        "PARLEY_DB_PASSWORD", "postgres"));
    }
}
