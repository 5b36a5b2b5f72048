package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testing.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class LongConnectionsTest {

    private PGSimpleDataSource hasty;
    private Connection pooled;
    private DataSource pool;

    /** A pool of one, with limits that a migration would break. */
    @BeforeEach
    void a_pool_that_is_in_a_hurry() throws Exception {
        hasty = (PGSimpleDataSource) Database.POSTGRESQL.fresh();
        hasty.setOptions("-c statement_timeout=200ms -c idle_in_transaction_session_timeout=200ms");
        hasty.setSocketTimeout(1);
        pooled = hasty.getConnection();
        pool = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> lent());
    }

    private Connection lent() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(pooled, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @AfterEach
    void close() throws SQLException {
        pooled.close();
    }

    @Test
    void let_a_statement_take_longer_than_the_pool_allows() throws Exception {
        assertThatThrownBy(() -> sleep(pool)).isInstanceOf(SQLException.class);

        assertThatCode(() -> sleep(new LongConnections(pool))).doesNotThrowAnyException();
    }

    @Test
    void go_back_as_they_came_also_out_of_a_transaction() throws Exception {
        try (Connection connection = new LongConnections(pool).getConnection()) {
            connection.setAutoCommit(false);
            assertThat(shown("statement_timeout")).isEqualTo("1h");
            assertThat(pooled.getNetworkTimeout()).isEqualTo(3_600_000);
        }

        assertThat(shown("statement_timeout")).isEqualTo("200ms");
        assertThat(shown("idle_in_transaction_session_timeout")).isEqualTo("200ms");
        assertThat(pooled.getNetworkTimeout()).isEqualTo(1_000);
        assertThat(pooled.getAutoCommit()).isTrue();
    }

    @Test
    void bring_a_schema_up_to_date() {
        assertThatCode(() -> Migrator.migrate(hasty)).doesNotThrowAnyException();
    }

    /** Longer than the limit of a statement, and than that of the silence on the wire. */
    private static void sleep(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_sleep(1.2)");
        }
    }

    private String shown(String setting) throws SQLException {
        try (Statement statement = pooled.createStatement();
                var rows = statement.executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
