package dev.parley.cluster;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
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

    @Resource(lookup = "java:jboss/datasources/ParleyDS")
    @Nullable
    DataSource database;

    @PostConstruct
    void migrate() {
        migrate(java.util.Objects.requireNonNull(database));
    }

    static void migrate(DataSource database) {
        Flyway.configure(Migrator.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }
}
