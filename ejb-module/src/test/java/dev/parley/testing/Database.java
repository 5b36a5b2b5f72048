package dev.parley.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases that Parley runs on; each test class gets an empty one. */
public enum Database {
    H2 {
        @Override
        public DataSource fresh() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000");
            return source;
        }
    },
    POSTGRESQL {
        @Override
        public DataSource fresh() throws Exception {
            String name = "parley_" + UUID.randomUUID().toString().replace("-", "");
            try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(Server.RUNNING.getJdbcUrl("postgres", name));
            source.setUser("postgres");
            return source;
        }
    };

    public abstract DataSource fresh() throws Exception;

    /** One server for all test classes of this JVM; it ends with the JVM. */
    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "120")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
