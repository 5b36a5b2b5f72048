package dev.parley.cluster;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A database of its own in memory, with the real schema and the real mapping, outside any server. */
public final class TestDatabase implements AutoCloseable {

    private final JdbcDataSource dataSource = new JdbcDataSource();
    private final EntityManagerFactory factory;
    private final EntityManager entities;

    public TestDatabase() {
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID()
                + ";DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        Migrator.migrate(dataSource);
        Map<String, Object> outside = new HashMap<>();
        outside.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        outside.put("jakarta.persistence.jtaDataSource", null);
        outside.put("jakarta.persistence.nonJtaDataSource", dataSource);
        factory = Persistence.createEntityManagerFactory("parley", outside);
        entities = factory.createEntityManager();
    }

    public DataSource dataSource() {
        return dataSource;
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
        factory.close();
    }
}
