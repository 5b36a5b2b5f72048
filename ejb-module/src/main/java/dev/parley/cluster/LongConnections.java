package dev.parley.cluster;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * PostgreSQL's connections of a pool, for work that may take long: an index over a million messages takes a minute and a half, where nothing
 * that a person waits for may take more than some seconds. While one is open, it has the limits of this class; afterwards its own again.
 */
final class LongConnections implements DataSource {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final DataSource pool;

    LongConnections(DataSource pool) {
        this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return patient(pool.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return patient(pool.getConnection(user, password));
    }

    private static Connection patient(Connection connection) throws SQLException {
        int usual = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LONGEST.toMillis()));
        execute(
                connection,
                "set statement_timeout = " + LONGEST.toMillis(),
                // the connection that holds the lock on the schema's history does nothing else meanwhile
                "set idle_in_transaction_session_timeout = " + LONGEST.toMillis());
        return (Connection) Proxy.newProxyInstance(
                LongConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close") && !connection.isClosed()) {
                        restore(connection, usual);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void restore(Connection connection, int usual) throws SQLException {
        if (!connection.getAutoCommit()) {
            // what was not committed is not wanted, and what is set in a transaction that is rolled back would be
            // forgotten
            connection.rollback();
            connection.setAutoCommit(true);
        }
        execute(connection, "reset statement_timeout", "reset idle_in_transaction_session_timeout");
        connection.setNetworkTimeout(Runnable::run, usual);
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return pool.isWrapperFor(type);
    }
}
