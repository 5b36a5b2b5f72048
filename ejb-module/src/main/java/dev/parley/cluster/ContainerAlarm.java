package dev.parley.cluster;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of our own, with the container's context around each task. Its {@code ManagedScheduledExecutorService} would be less to write,
 * but WildFly lets it drop what comes due while the server is suspended ({@code WFLYEE0110}): whatever sets its next alarm when
 * it runs, such as the pulse of presence, would have ended for good when an administrator resumes the server.
 */
@ApplicationScoped
class ContainerAlarm implements Alarm {

    private static final int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    @Resource
    ContextService contexts;

    private ScheduledThreadPoolExecutor threads;

    @PostConstruct
    void begin() {
        threads = new ScheduledThreadPoolExecutor(
                THREADS, Thread.ofPlatform().name("parley-alarm-", 0).daemon().factory());
        threads.setRemoveOnCancelPolicy(true); // what is cancelled may have been far away
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @PreDestroy
    void end() {
        threads.shutdown(); // what runs is not interrupted: H2 would close its file
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> future =
                    threads.schedule(contexts.contextualRunnable(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException stopping) {
            // the application ends, and with it whatever was to be done later
            return () -> {};
        }
    }
}
