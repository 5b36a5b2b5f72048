package dev.parley.calls;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The clock of calls. Each node looks at all of them, so that no call rings for ever because its node is gone. */
@Singleton
@Startup
@DependsOn("Migrator")
public class CallSweeper {

    private static final Logger LOG = System.getLogger(CallSweeper.class.getName());

    @Resource
    @Nullable
    ManagedScheduledExecutorService scheduler;

    @Inject
    @Nullable
    CallService calls;

    private @Nullable ScheduledFuture<?> timer;

    @PostConstruct
    void start() {
        CallService swept = Objects.requireNonNull(calls);
        timer = Objects.requireNonNull(scheduler).scheduleWithFixedDelay(() -> sweep(swept), 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** A task that throws is never run again, and calls would ring for ever. */
    private static void sweep(CallService calls) {
        try {
            calls.sweep();
        } catch (RuntimeException failed) {
            LOG.log(
                    Level.WARNING,
                    "calls could not be swept: {0}",
                    failed.getClass().getName());
        }
    }
}
