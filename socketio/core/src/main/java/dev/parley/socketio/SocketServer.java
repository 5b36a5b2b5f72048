package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.Engine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Socket.IO server: its namespaces, and the default one's shortcuts. */
public interface SocketServer extends Audience {

    /**
     * @param executor runs listeners and middleware; those of one client never at the same time
     * @param timer wakes up for heartbeats and timeouts; its tasks are short and never block
     */
    static SocketServerBuilder builder(Executor executor, ScheduledExecutorService timer) {
        return new SocketServerBuilder(executor, timer);
    }

    /**
     * The namespace of that name, created when it is new; {@code ""} and {@code "/"} are the same. A new one whose name fits a
     * {@linkplain #of(Pattern) pattern} is a child of that parent.
     */
    Namespace of(String name);

    /** A parent of all namespaces in whose name the pattern is found: they come into being when a client asks for them. */
    ParentNamespace of(Pattern names);

    /** A parent of all namespaces that the predicate accepts: they come into being when a client asks for them. Parents are asked in the
     * order of their registration; a predicate that throws refuses. */
    ParentNamespace of(NamespacePredicate names);

    /** Those that exist now, parents not among them. */
    Collection<Namespace> namespaces();

    /** Hears of each namespace that comes into being, except the default one ("new_namespace"). Must not block. */
    void onNamespace(Consumer<Namespace> listener);

    /** Everybody in the default namespace. */
    @Override
    default Broadcast all() {
        return of("/").all();
    }

    @Override
    default void serverSideEmit(String event, @Nullable Object... arguments) {
        of("/").serverSideEmit(event, arguments);
    }

    @Override
    default CompletionStage<List<List<JsonNode>>> serverSideEmitWithAck(
            Duration timeout, String event, @Nullable Object... arguments) {
        return of("/").serverSideEmitWithAck(timeout, event, arguments);
    }

    /** What a door hands its requests to. */
    Engine engine();

    /**
     * Disconnects every socket ({@link DisconnectReason#SERVER_SHUTTING_DOWN}), ends all timers and waits, at most five seconds,
     * until the disconnect listeners have run; idempotent.
     */
    void close();
}
