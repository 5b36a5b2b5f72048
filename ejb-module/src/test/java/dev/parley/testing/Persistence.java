package dev.parley.testing;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/**
 * Hibernate by hand, on a schema that the migrations made: what the server gives the services, with transactions that a test can
 * see. {@link #entities} is the entity manager of the calling thread's transaction, as an injected one is.
 */
public final class Persistence implements AutoCloseable {

    private static final List<String> ENTITIES = List.of(
            "dev.parley.users.Account",
            "dev.parley.chat.RoomRow",
            "dev.parley.chat.MemberRow",
            "dev.parley.chat.MessageRow",
            "dev.parley.chat.MentionRow",
            "dev.parley.chat.ReactionRow",
            "dev.parley.chat.AttachmentRow",
            "dev.parley.chat.FollowerRow",
            "dev.parley.chat.PinRow",
            "dev.parley.chat.RevisionRow",
            "dev.parley.chat.DraftRow",
            "dev.parley.uploads.UploadRow");

    /** A thread works on one database at a time. */
    private static final ThreadLocal<Transaction> CURRENT = new ThreadLocal<>();

    private final DataSource source;
    private final EntityManagerFactory factory;

    public Persistence(Database database) throws Exception {
        source = database.fresh();
        Flyway.configure()
                .dataSource(source)
                .locations(dev.parley.cluster.Migrator.locations(source))
                .load()
                .migrate();
        Configuration configuration = new Configuration();
        for (String entity : ENTITIES) {
            configuration.addAnnotatedClass(Class.forName(entity));
        }
        configuration.getProperties().put("hibernate.connection.datasource", source);
        configuration.setProperty("hibernate.connection.provider_disables_autocommit", "false");
        configuration.setProperty("hibernate.jdbc.time_zone", "UTC");
        configuration.setProperty("hibernate.jdbc.batch_size", "50");
        configuration.setProperty("hibernate.hbm2ddl.auto", "validate");
        // WildFly's default: what passes here must not fail there
        configuration.setProperty("hibernate.query.jpaql_strict_compliance", "true");
        SessionFactory built = configuration.buildSessionFactory();
        factory = built;
    }

    public EntityManager entities() {
        return (EntityManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntityManager.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(transaction().entities, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    public DataSource source() {
        return source;
    }

    /** Runs in the thread's transaction, or in a new one that commits at the end; what goes wrong rolls it back. */
    public <T> T inTransaction(Supplier<T> work) {
        if (CURRENT.get() != null) {
            return work.get();
        }
        Transaction transaction = new Transaction(factory.createEntityManager());
        CURRENT.set(transaction);
        boolean committed = false;
        try {
            transaction.entities.getTransaction().begin();
            T result = work.get();
            transaction.entities.getTransaction().commit();
            committed = true;
            return result;
        } finally {
            if (transaction.entities.getTransaction().isActive()) {
                transaction.entities.getTransaction().rollback();
            }
            transaction.entities.close();
            CURRENT.remove();
            List<Runnable> told = committed ? transaction.afterCommit : transaction.afterRollback;
            told.forEach(Runnable::run);
        }
    }

    /** Runs one of them when the thread's transaction has ended. */
    void whenOver(Runnable committed, Runnable rolledBack) {
        transaction().afterCommit.add(committed);
        transaction().afterRollback.add(rolledBack);
    }

    private static Transaction transaction() {
        Transaction transaction = CURRENT.get();
        if (transaction == null) {
            throw new IllegalStateException("No transaction on this thread.");
        }
        return transaction;
    }

    /** Reads with SQL, outside of Hibernate. */
    public List<List<String>> rows(String sql) throws Exception {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() {
        factory.close();
    }

    private static final class Transaction {

        private final EntityManager entities;
        private final List<Runnable> afterCommit = new ArrayList<>();
        private final List<Runnable> afterRollback = new ArrayList<>();

        Transaction(EntityManager entities) {
            this.entities = entities;
        }
    }
}
