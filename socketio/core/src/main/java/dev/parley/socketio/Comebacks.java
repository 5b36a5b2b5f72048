package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.CloseReason;
import dev.parley.socketio.adapter.Recovery;
import dev.parley.socketio.adapter.RestoredSession;
import dev.parley.socketio.adapter.SessionState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Clients of one namespace that come back, where connection state recovery is on. */
final class Comebacks {

    /** Reasons after which a client may come back, as in the reference server. */
    private static final Set<DisconnectReason> RECOVERABLE = EnumSet.of(
            DisconnectReason.TRANSPORT_ERROR,
            DisconnectReason.TRANSPORT_CLOSE,
            DisconnectReason.FORCED_CLOSE,
            DisconnectReason.PING_TIMEOUT,
            DisconnectReason.SERVER_SHUTTING_DOWN,
            DisconnectReason.FORCED_SERVER_CLOSE);
    /** For an adapter that asks other nodes. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** For a connection that is still there to say what its client said last: that it leaves, or nothing. */
    private static final Duration FAREWELL = Duration.ofMillis(200);
    /** Until a full executor is asked again. */
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final LiveNamespace namespace;
    private final Recovery rules;
    private final Map<String, LiveSocket> present = new ConcurrentHashMap<>();
    /** Those whose client is back while they are present, until they leave. */
    private final Map<String, CompletableFuture<Boolean>> awaited = new ConcurrentHashMap<>();

    Comebacks(LiveNamespace namespace, Recovery rules) {
        this.namespace = namespace;
        this.rules = rules;
    }

    static boolean isRecoverable(DisconnectReason reason) {
        return RECOVERABLE.contains(reason);
    }

    void connected(LiveSocket socket) {
        present.put(socket.pid(), socket);
        if (socket.isGone()) {
            present.remove(socket.pid(), socket);
        }
    }

    void left(LiveSocket socket) {
        present.remove(socket.pid(), socket);
        var waiting = awaited.get(socket.pid());
        if (waiting != null) {
            waiting.complete(true);
        }
    }

    /** The socket that the client had, if it had one and all that it has missed is known. Runs in the client's mailbox. */
    Optional<Arrival> find(Client client, JsonNode auth) {
        var pid = auth.path("pid").textValue();
        if (pid == null) {
            return Optional.empty();
        }
        var old = present.get(pid);
        if (old != null && !leaves(old)) { // the connection it had is of no use any more
            old.gone(DisconnectReason.TRANSPORT_CLOSE);
            old.client().abort(CloseReason.TRANSPORT_CLOSE);
        }
        var arrival = restore(pid, auth, client);
        if (arrival.isEmpty()) {
            namespace.observers().tell(listener -> listener.recoveryFailed(client, namespace.name()));
        }
        return arrival;
    }

    /** Its client is faster than we are: what it said before it came back may not have been read yet. */
    private boolean leaves(LiveSocket old) {
        var left = awaited.computeIfAbsent(old.pid(), pid -> new CompletableFuture<>());
        try {
            return present.get(old.pid()) != old || left.get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException silent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            awaited.remove(old.pid(), left);
        }
    }

    private Optional<Arrival> restore(String pid, JsonNode auth, Client client) {
        var made = new AtomicReference<LiveSocket>();
        var asked = namespace
                .adapter()
                .restoreSession(
                        pid,
                        auth.path("offset").textValue(),
                        state -> made.updateAndGet(
                                none -> LiveSocket.resumed(state, namespace, client, client.handshake(auth))))
                .toCompletableFuture();
        try {
            var restored = asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            var socket = made.get();
            return socket == null ? Optional.empty() : restored.map(session -> arrival(socket, session));
        } catch (TimeoutException | ExecutionException e) {
            System.getLogger(SocketServer.class.getName())
                    .log(System.Logger.Level.WARNING, "A session could not be restored in " + namespace.name(), e);
            var unused = asked.whenComplete((session, failure) -> dismiss(made.get()));
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A socket that came too late to be wanted. */
    private void dismiss(@Nullable LiveSocket late) {
        if (late != null && namespace.enter()) {
            late.gone(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        }
    }

    private Arrival arrival(LiveSocket socket, RestoredSession session) {
        return new Arrival(socket, session.missed(), rules.skipMiddlewares() && session.sameNode());
    }

    private void tellApplication(SessionState session) {
        try {
            namespace.executor().execute(() -> rules.onExpired().accept(session));
        } catch (RejectedExecutionException e) {
            var unused = namespace.timers().after(AGAIN, () -> tellApplication(session)); // no thread is free now
        }
    }

    void expired(SessionState session) {
        namespace.observers().tell(listener -> listener.sessionExpired(namespace.name(), session.socketId()));
        tellApplication(session);
    }
}
