package dev.parley.web.wire;

import dev.parley.problem.Problem;
import jakarta.ejb.EJBTransactionRolledbackException;
import jakarta.transaction.RollbackException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.transaction.xa.XAException;

/**
 * A database that is gone, does not answer or is busy with somebody else: nothing is wrong with what was asked, and asking again is what
 * helps. Whether it was done nobody knows; that is what client ids are for.
 */
final class Outages {

    private static final Logger LOG = System.getLogger(Outages.class.getName());

    private static final Duration RETRY = Duration.ofSeconds(2);

    /**
     * Classes of SQL states: connection (08), rolled back for another one's sake (40), resources (53), intervention and time limits (57),
     * system (58), 90 those of H2. <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL, appendix A</a>.
     */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    /**
     * A lock, or its owner, waited too long; for H2 a lock that timed out (HYT00), a connection that broke or was closed, and a database
     * that was.
     */
    private static final Set<String> STATES =
            Set.of("55P03", "25P03", "25P04", "HYT00", "90007", "90067", "90098", "90121");

    /** One line of the log in this time, however many ask. */
    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

    private static final AtomicLong LAST = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    private static final LongAdder COUNT = new LongAdder();

    private Outages() {}

    static long count() {
        return COUNT.sum();
    }

    static boolean isPassing(SQLException refused) {
        String state = refused.getSQLState();
        if (state != null) {
            return STATES.contains(state) || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
        }
        return refused instanceof SQLTransientException
                || refused instanceof SQLRecoverableException
                || refused instanceof SQLNonTransientConnectionException
                || isOfPool(refused.getCause());
    }

    /** No connection to be had: the pool says so by an exception that not every application may see, hence by its name. */
    private static boolean isOfPool(@org.jspecify.annotations.Nullable Throwable cause) {
        return cause != null && cause.getClass().getName().startsWith("jakarta.resource.");
    }

    /** A commit that failed and says no more. */
    static boolean isUnfinished(Throwable cause) {
        return cause instanceof RollbackException
                || cause instanceof EJBTransactionRolledbackException
                || cause instanceof XAException;
    }

    static Problem problem(Throwable cause, String where) {
        COUNT.increment();
        long now = System.nanoTime();
        long last = LAST.get();
        if (now - last >= QUIET_NANOS && LAST.compareAndSet(last, now)) {
            LOG.log(Level.WARNING, "{0}: the database does not answer: {1}", where, cause.toString());
        }
        return Problem.unavailable("The database does not answer; try again.", RETRY);
    }
}
