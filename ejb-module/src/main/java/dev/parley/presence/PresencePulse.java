package dev.parley.presence;

import dev.parley.cluster.Alarm;
import dev.parley.health.Vitals;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
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
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Keeps this node's leases alive and ends those that nobody keeps. */
@Singleton
@Startup
@DependsOn("Migrator")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class PresencePulse {

    private static final Logger LOG = System.getLogger(PresencePulse.class.getName());

    /** Longer than all that a beat may wait for. */
    private static final Duration STOPPED = Duration.ofMinutes(2);

    @Inject
    PresenceService presence;

    @Inject
    PresenceSettings settings;

    @Inject
    Alarm alarm;

    @Inject
    Vitals vitals;

    private volatile Runnable next = () -> {};
    private volatile boolean stopped;

    /** By a clock that nobody sets. */
    private volatile long beatAt = System.nanoTime();

    @PostConstruct
    void start() {
        presence.beat();
        next = alarm.after(settings.heartbeat(), this::beat);
        vitals.livesBy("pulse", this::feel);
    }

    /** No beat at all, not even one that failed, means that no thread runs what is due. */
    private void feel() throws TimeoutException {
        if (System.nanoTime() - beatAt > STOPPED.toNanos()) {
            throw new TimeoutException("no beat");
        }
    }

    private void beat() {
        beatAt = System.nanoTime();
        try {
            presence.beat();
            presence.sweep();
        } catch (RuntimeException failed) {
            // a cluster in trouble must not end the pulse: the next beat tries again
            LOG.log(Level.WARNING, "presence could not be renewed: {0}", failed.toString());
        } finally {
            if (!stopped) {
                next = alarm.after(settings.heartbeat(), this::beat);
            }
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
        next.run();
        presence.stop();
    }
}
