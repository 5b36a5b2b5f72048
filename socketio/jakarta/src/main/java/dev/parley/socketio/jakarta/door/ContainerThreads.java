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
 * The threads a server runs on: the container's managed ones where there are some, else own ones. The timer is an own one always: a
 * {@code ManagedScheduledExecutorService} of WildFly drops what comes due while the server is suspended ({@code WFLYEE0110}), and after
 * it is resumed nobody would be pinged or timed out any more.
 *
 * @param executor runs tasks with the naming, class loading and security context of whoever called {@link #find}
 * @param timer for short tasks that do not block; they run while the server is suspended, too
 * @param stop ends the threads that are not the container's
 */
public record ContainerThreads(Executor executor, ScheduledExecutorService timer, Runnable stop)
        implements AutoCloseable {

    /**
     * The default {@code ManagedExecutorService}, or virtual threads when JNDI has none. Call it on a thread of the application, such
     * as in {@code contextInitialized}, and close it in the end.
     */
    public static ContainerThreads find() {
        return lookUp("java:comp/DefaultManagedExecutorService", Executor.class)
                .map(ContainerThreads::managed)
                .orElseGet(ContainerThreads::own);
    }

    private static ContainerThreads managed(Executor executor) {
        var timer = ownTimer();
        return new ContainerThreads(inContext(executor), timer, timer::shutdownNow);
    }

    private static ContainerThreads own() {
        var executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("socketio-", 0).factory());
        var timer = ownTimer();
        return new ContainerThreads(executor, timer, () -> {
            timer.shutdownNow();
            executor.shutdown();
        });
    }

    /** One thread, with the class loader of this moment: whoever sets the first deadline may be a thread of the server. */
    private static ScheduledExecutorService ownTimer() {
        var loader = Thread.currentThread().getContextClassLoader();
        var threads = Thread.ofPlatform().name("socketio-timer").daemon().factory();
        return new ScheduledThreadPoolExecutor(1, task -> {
            var thread = threads.newThread(task);
            thread.setContextClassLoader(loader);
            return thread;
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
