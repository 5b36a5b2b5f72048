package dev.parley.calls;

import dev.parley.cluster.Alarm;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The clock of calls. Each node looks at all of them, so that no call rings for ever because its node is gone. */
@Singleton
@Startup
@DependsOn("Migrator")
public class CallSweeper {

    private static final Logger LOG = System.getLogger(CallSweeper.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Inject
    @Nullable
    Alarm alarm;

    @Inject
    @Nullable
    CallService calls;

    private volatile Runnable next = () -> {};
    private volatile boolean stopped;

    @PostConstruct
    void start() {
        Alarm clock = Objects.requireNonNull(alarm);
        CallService swept = Objects.requireNonNull(calls);
        next = clock.after(PAUSE, () -> sweep(clock, swept));
    }

    @PreDestroy
    void stop() {
        stopped = true;
        next.run();
    }

    private void sweep(Alarm clock, CallService swept) {
        try {
            swept.sweep();
        } catch (RuntimeException failed) {
            // calls would ring for ever if the next look did not come
            LOG.log(
                    Level.WARNING,
                    "calls could not be swept: {0}",
                    failed.getClass().getName());
        } finally {
            if (!stopped) {
                next = clock.after(PAUSE, () -> sweep(clock, swept));
            }
        }
    }
}
