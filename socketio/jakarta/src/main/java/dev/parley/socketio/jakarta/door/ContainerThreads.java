package dev.parley.socketio.jakarta.door;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The threads a server runs on: the container's managed ones where there are some, else own ones.
 *
 * @param executor runs tasks with the naming, class loading and security context of whoever called {@link #find}
 */
public record ContainerThreads(Executor executor, ScheduledExecutorService timer, Runnable stop)
        implements AutoCloseable {

    /**
     * The default {@code ManagedExecutorService} and {@code ManagedScheduledExecutorService}, or pools of own daemon threads when
     * JNDI has none. Call it on a thread of the application, such as in {@code contextInitialized}.
     */
    @SuppressWarnings("DoNotCallSuggester") // until the engine behind it lands
    public static ContainerThreads find() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Stops own threads; the container's stay. */
    @Override
    public void close() {
        stop.run();
    }
}
