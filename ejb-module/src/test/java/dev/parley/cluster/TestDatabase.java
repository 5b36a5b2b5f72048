package dev.parley.cluster;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * An empty database in memory, with the real schema and the real mapping, outside any server. Built once for all tests of this
 * JVM, which run one after the other, and emptied for each.
 */
public final class TestDatabase implements AutoCloseable {

    private static final JdbcDataSource DATA_SOURCE = new JdbcDataSource();
    private static final EntityManagerFactory FACTORY = built();

    private final EntityManager entities;

    public TestDatabase() {
        empty();
        entities = FACTORY.createEntityManager();
    }

    private static EntityManagerFactory built() {
        DATA_SOURCE.setURL(
                "jdbc:h2:mem:parley;DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        Migrator.migrate(DATA_SOURCE);
        Map<String, Object> outside = new HashMap<>();
        outside.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        outside.put("jakarta.persistence.jtaDataSource", null);
        outside.put("jakarta.persistence.nonJtaDataSource", DATA_SOURCE);
        return Persistence.createEntityManagerFactory("parley", outside);
    }

    private static void empty() {
        try (Connection connection = DATA_SOURCE.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            statement.execute("set referential_integrity false");
            for (String table : tables) {
                if (!table.equals("flyway_schema_history")) {
                    statement.execute("truncate table \"" + table + "\"");
                }
            }
            statement.execute("set referential_integrity true");
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public DataSource dataSource() {
        return DATA_SOURCE;
    }

    /** The one that services under test get. */
    public EntityManager entities() {
        return entities;
    }

    /** What a container does around a call: commits, or rolls back when it throws; nothing stays in memory afterwards. */
    public <T> T transaction(Supplier<T> work) {
        entities.getTransaction().begin();
        try {
            T result = work.get();
            entities.getTransaction().commit();
            return result;
        } catch (RuntimeException failed) {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
            throw failed;
        } finally {
            entities.clear();
        }
    }

    public void transaction(Runnable work) {
        transaction(() -> {
            work.run();
            return true;
        });
    }

    @Override
    public void close() {
        entities.close();
    }
}
