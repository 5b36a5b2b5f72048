package dev.parley.cluster;

import dev.parley.health.Vitals;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentMap;
import javax.sql.DataSource;

/** Says what nothing here works without: the database and the replicated maps. */
@Singleton
@Startup
@DependsOn("Migrator")
@TransactionManagement(TransactionManagementType.BEAN)
public class Foundations {

    private static final int ANSWER_SECONDS = 2;

    private static final String NOTHING = "nothing";

    @Resource(lookup = "java:jboss/datasources/ParleyDS")
    DataSource database;

    @Inject
    @Replicated(Replicated.PRESENCE)
    ConcurrentMap<String, String> map;

    @Inject
    Vitals vitals;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public Foundations() {}

    @PostConstruct
    void say() {
        DataSource source = database;
        ConcurrentMap<String, String> grid = map;
        vitals.needs("database", () -> lookAt(source));
        vitals.needs("grid", () -> lookAt(grid));
    }

    private static void lookAt(ConcurrentMap<String, String> map) {
        if (map.containsKey(NOTHING)) {
            throw new IllegalStateException("What nobody has written is there.");
        }
    }

    /** Waits for a connection as long as the pool lets it, and then for its answer. */
    static void lookAt(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            if (!connection.isValid(ANSWER_SECONDS)) {
                throw new SQLException("no answer");
            }
        }
    }
}
