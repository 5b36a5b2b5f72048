package dev.parley.cluster;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Brings the database's schema up to date before anybody uses it. Other beans that start with the application and use tables name
 * it: {@code @DependsOn("Migrator")}. Several nodes may start at once: the migrations lock.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN) // DDL must not run inside a JTA transaction
public class Migrator {

    /** Seconds that a node waits for another one that migrates. */
    private static final int PATIENCE = 3_600;

    @Resource(lookup = "java:jboss/datasources/ParleyDS")
    @Nullable
    DataSource database;

    @PostConstruct
    void migrate() {
        migrate(java.util.Objects.requireNonNull(database));
    }

    /** The same for every database, and what only one of them has. */
    public static String[] locations(DataSource database) {
        return isPostgres(database)
                ? new String[] {"classpath:db/migration", "classpath:db/postgresql"}
                : new String[] {"classpath:db/migration"};
    }

    private static boolean isPostgres(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not say what it is.", e);
        }
    }

    static void migrate(DataSource database) {
        Flyway.configure(Migrator.class.getClassLoader())
                .dataSource(isPostgres(database) ? new LongConnections(database) : database)
                .locations(locations(database))
                .validateMigrationNaming(true)
                .lockRetryCount(PATIENCE)
                .load()
                .migrate();
    }
}
