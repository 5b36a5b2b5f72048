package dev.parley.socketio.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.CloseReason;
import dev.parley.engineio.TransportName;
import dev.parley.socketio.Connection;
import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.Namespace;
import dev.parley.socketio.ServerListener;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows a server to administrators, and lets them act: the other side of the page {@code @socket.io/admin-ui}. Register it as a listener of
 * the builder, then {@link #start} it with the server. While no administrator is there it only counts.
 */
public final class AdminUi implements ServerListener {

    private static final long STATS_MILLIS = 2_000;

    private final AdminOptions options;
    private final InstantSource clock;
    private final Sums sums;
    private final Door door;
    private final long began;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger polling = new AtomicInteger();
    private final AtomicInteger administrators = new AtomicInteger();
    private volatile @Nullable SocketServer server;
    private volatile @Nullable Namespace stage;

    /** As {@link #AdminUi(AdminOptions, InstantSource)}, by the clock of the system. */
    public AdminUi(AdminOptions options) {
        this(options, InstantSource.system());
    }

    AdminUi(AdminOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        this.sums = new Sums(clock);
        this.door = new Door(options, new Attempts(clock), new Sessions(clock));
        this.began = clock.millis();
    }

    /**
     * Opens the namespace.
     *
     * @param timer for the sums every two seconds; ends with it or with the server
     */
    public void start(SocketServer watched, ScheduledExecutorService timer) {
        Namespace namespace = watched.of(options.namespace());
        server = watched;
        namespace.use(socket -> door.admit(socket).ifPresent(id -> socket.attribute(Session.class, new Session(id))));
        namespace.onConnect(socket -> greet(socket, watched));
        stage = namespace;
        plan(timer);
    }

    private record Session(String id) {}

    private void plan(ScheduledExecutorService timer) {
        try {
            var unused = timer.schedule(
                    () -> {
                        tell("server_stats", () -> new Object[] {stats()});
                        plan(timer);
                    },
                    STATS_MILLIS,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            // the server ends
        }
    }

    /** After CONNECT: the page listens only from then on, so that a session sent earlier would be forgotten. */
    private void greet(Socket administrator, SocketServer watched) {
        administrators.incrementAndGet();
        administrator.onDisconnect(reason -> administrators.decrementAndGet());
        administrator.attribute(Session.class).ifPresent(session -> administrator.emit("session", session.id()));
        administrator.emit("config", Map.of("supportedFeatures", features()));
        if (isVerbose()) {
            administrator.emit("all_sockets", portraits(watched));
        }
        if (!options.readOnly()) {
            new Commands(watched).listen(administrator);
        }
    }

    private List<String> features() {
        List<String> features = new ArrayList<>();
        if (!options.readOnly()) {
            features.addAll(List.of("EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT"));
        }
        features.add("AGGREGATED_EVENTS");
        if (isVerbose()) {
            features.add("ALL_EVENTS");
        }
        return features;
    }

    private boolean isVerbose() {
        return options.mode() == AdminOptions.Mode.DEVELOPMENT;
    }

    private List<Portrait> portraits(SocketServer watched) {
        return watched.namespaces().stream()
                .flatMap(namespace -> namespace.sockets().stream())
                .map(this::portrait)
                .toList();
    }

    private Portrait portrait(Socket socket) {
        return Portrait.of(socket, options.headers());
    }

    private Stats stats() {
        SocketServer watched = server;
        List<Crowd> namespaces = watched == null
                ? List.of()
                : watched.namespaces().stream()
                        .map(namespace ->
                                new Crowd(namespace.name(), namespace.sockets().size()))
                        .toList();
        return new Stats(
                options.serverId(),
                Host.name(),
                ProcessHandle.current().pid(),
                (clock.millis() - began) / 1000.0,
                clients.get(),
                polling.get(),
                sums.take(),
                namespaces);
    }

    private record Crowd(String name, int socketsCount) {}

    private record Stats(
            String serverId,
            String hostname,
            long pid,
            double uptime,
            int clientsCount,
            int pollingClientsCount,
            List<Sums.Sum> aggregatedEvents,
            List<Crowd> namespaces) {}

    /** Tells all administrators, if there are any. */
    private void tell(String event, Supplier<Object[]> arguments) {
        Namespace open = stage;
        if (open != null && administrators.get() > 0) {
            open.emit(event, arguments.get());
        }
    }

    /** Tells what is too much for a busy server. */
    private void tellAll(String event, Supplier<Object[]> arguments) {
        if (isVerbose()) {
            tell(event, arguments);
        }
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    // ---- what happens

    @Override
    public void connectionOpened(Connection connection) {
        clients.incrementAndGet();
        if (connection.transport() == TransportName.POLLING) {
            polling.incrementAndGet();
        }
        sums.add("rawConnection", 1);
    }

    @Override
    public void connectionUpgraded(Connection connection) {
        polling.decrementAndGet();
        connection
                .sockets()
                .forEach(socket -> tellAll("socket_updated", () -> new Object[] {
                    Map.of(
                            "id", socket.id(),
                            "nsp", socket.namespace().name(),
                            "transport", connection.transport().text())
                }));
    }

    @Override
    public void connectionClosed(Connection connection, CloseReason reason) {
        clients.decrementAndGet();
        if (connection.transport() == TransportName.POLLING) {
            polling.decrementAndGet();
        }
        sums.add("rawDisconnection", reason.name().toLowerCase(Locale.ROOT).replace('_', ' '), 1);
    }

    @Override
    public void packetsReceived(Connection connection, int packets, long bytes) {
        sums.add("packetsIn", packets);
        sums.add("bytesIn", bytes);
    }

    @Override
    public void packetsSent(Connection connection, int packets, long bytes) {
        sums.add("packetsOut", packets);
        sums.add("bytesOut", bytes);
    }

    @Override
    public void connectAccepted(Socket socket) {
        tellAll("socket_connected", () -> new Object[] {portrait(socket), now()});
    }

    @Override
    public void dataChanged(Socket socket) {
        tellAll("socket_updated", () -> new Object[] {
            Map.of(
                    "id",
                    socket.id(),
                    "nsp",
                    socket.namespace().name(),
                    "data",
                    socket.data().asTree())
        });
    }

    @Override
    public void socketLeft(Socket socket, DisconnectReason reason) {
        tellAll("socket_disconnected", () ->
                new Object[] {socket.namespace().name(), socket.id(), reason.text(), now()});
    }

    @Override
    public void roomJoined(String namespace, String room, String socketId) {
        tellAll("room_joined", () -> new Object[] {namespace, room, socketId, now()});
    }

    @Override
    public void roomLeft(String namespace, String room, String socketId) {
        tellAll("room_left", () -> new Object[] {namespace, room, socketId, now()});
    }

    @Override
    public void eventReceived(Socket socket, String event, List<JsonNode> arguments) {
        tellOfEvent("event_received", socket, event, arguments);
    }

    @Override
    public void eventSent(Socket socket, String event, List<JsonNode> arguments) {
        tellOfEvent("event_sent", socket, event, arguments);
    }

    /** Except what is said here: telling of it would never end. */
    private void tellOfEvent(String kind, Socket socket, String event, List<JsonNode> arguments) {
        if (socket.namespace().name().equals(options.namespace())) {
            return;
        }
        tellAll(kind, () -> {
            List<Object> all = new ArrayList<>();
            all.add(event);
            all.addAll(arguments);
            return new Object[] {socket.namespace().name(), socket.id(), all, now()};
        });
    }
}
