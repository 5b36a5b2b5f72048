package dev.parley.signin;

import dev.parley.cluster.Alarm;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What our tokens are signed with: made by whichever node starts first, kept in the database, the same for all nodes, followed by
 * a new key after {@link SignInSettings#keyLife} or when an administrator says so.
 */
@Singleton
@Startup
@DependsOn("Migrator")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class SigningKeys {

    private static final Logger LOG = System.getLogger(SigningKeys.class.getName());
    private static final Duration LOOK = Duration.ofMinutes(1);

    @Resource(lookup = "java:jboss/datasources/ParleyDS")
    DataSource database;

    @Inject
    SignInSettings settings;

    @Inject
    Clock clock;

    @Inject
    Alarm alarm;

    private volatile @Nullable KeyRing ring;
    private volatile Runnable next = () -> {};
    private volatile boolean stopped;

    @PostConstruct
    void load() {
        KeyRing made = new KeyRing(database, clock, settings.accessLife());
        made.load();
        ring = made;
        next = alarm.after(LOOK, this::keepFresh);
    }

    private void keepFresh() {
        try {
            ring().keepFresh(settings.keyLife());
        } catch (RuntimeException failed) {
            // a database in trouble leaves us the keys we have
            LOG.log(Level.WARNING, "the signing keys could not be looked at: {0}", failed.toString());
        } finally {
            if (!stopped) {
                next = alarm.after(LOOK, this::keepFresh);
            }
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
        next.run();
    }

    private KeyRing ring() {
        return Objects.requireNonNull(ring);
    }

    /** What signs. */
    public SigningKey current() {
        return ring().current();
    }

    /** Whose signatures are believed. */
    public List<SigningKey> believed() {
        return ring().believed();
    }

    /** The believed key of that id. */
    public Optional<SigningKey> find(String kid) {
        return ring().find(kid);
    }

    /**
     * Makes the next key.
     *
     * @param atOnce because somebody else has the old one: all access tokens are worthless then, on other nodes within a minute
     */
    public SigningKey rotate(boolean atOnce) {
        return atOnce ? ring().replace() : ring().next();
    }
}
