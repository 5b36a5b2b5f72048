package dev.parley.socketio.jakarta.door;

import jakarta.enterprise.concurrent.ContextService;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The threads a server runs on: the container's managed ones where there are some, else own ones.
 *
 * @param executor runs tasks with the naming, class loading and security context of whoever called {@link #find}
 * @param timer for short tasks that do not block
 */
public record ContainerThreads(Executor executor, ScheduledExecutorService timer, Runnable stop)
        implements AutoCloseable {

    /**
     * The default {@code ManagedExecutorService} and {@code ManagedScheduledExecutorService}, or own daemon threads when JNDI has
     * none. Call it on a thread of the application, such as in {@code contextInitialized}.
     */
    public static ContainerThreads find() {
        return lookUp("java:comp/DefaultManagedExecutorService", Executor.class)
                .flatMap(executor -> lookUp(
                                "java:comp/DefaultManagedScheduledExecutorService", ScheduledExecutorService.class)
                        .map(timer -> new ContainerThreads(inContext(executor), timer, () -> {})))
                .orElseGet(ContainerThreads::own);
    }

    private static ContainerThreads own() {
        var executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("socketio-", 0).factory());
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("socketio-timer").daemon().factory());
        return new ContainerThreads(executor, timer, () -> {
            timer.shutdownNow();
            executor.shutdown();
        });
    }

    @SuppressWarnings("BanJNDI") // the names are constants of this class, of the local naming context
    private static <T> Optional<T> lookUp(String name, Class<T> type) {
        try {
            return Optional.ofNullable(InitialContext.<T>doLookup(name)).filter(type::isInstance);
        } catch (NamingException e) {
            return Optional.empty();
        }
    }

    /**
     * A managed executor gives a task the context of the thread that submits it. Ours are submitted by the server's IO threads as
     * well, which have none, so the context of this moment is put around each.
     */
    private static Executor inContext(Executor executor) {
        return lookUp("java:comp/DefaultContextService", ContextService.class)
                .map(ContextService::currentContextExecutor)
                .<Executor>map(context -> task -> executor.execute(() -> context.execute(task)))
                .orElse(executor);
    }

    /** Stops own threads; the container's stay. */
    @Override
    public void close() {
        stop.run();
    }
}
