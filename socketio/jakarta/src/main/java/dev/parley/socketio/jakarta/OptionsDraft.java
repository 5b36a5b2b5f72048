package dev.parley.socketio.jakarta;

import dev.parley.engineio.Cors;
import dev.parley.engineio.EngineOptions;
import dev.parley.engineio.Packet;
import dev.parley.engineio.SessionCookie;
import dev.parley.engineio.TransportName;
import dev.parley.socketio.SocketLimits;
import dev.parley.socketio.adapter.Recovery;
import dev.parley.socketio.jakarta.door.DoorOptions;
import dev.parley.socketio.protocol.Decoder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Options while they are read: some settings make sense only together. */
final class OptionsDraft {

    private static final Logger LOG = System.getLogger(OptionsDraft.class.getName());

    /** The key of {@link #corsOrigins}, for messages. */
    private static final String CORS = Settings.PREFIX + "cors.origin";

    final EngineOptions.Builder engine = EngineOptions.builder();
    String path = "/socket.io";
    Duration connectTimeout = Duration.ofSeconds(45);
    int maxAttachments = Decoder.MAX_ATTACHMENTS;
    String parser = "json";
    Duration ackTimeout = Duration.ofSeconds(30);
    int maxPendingAcks = 1_000;
    boolean cleanupEmptyChildNamespaces;
    SocketLimits limits = SocketLimits.DEFAULTS;
    boolean recover;
    Recovery recovery = Recovery.DEFAULTS;
    Set<String> origins = Set.of();
    Set<String> corsOrigins = Set.of();
    boolean corsCredentials;
    Set<String> corsMethods = Set.of();
    Set<String> corsAllowedHeaders = Set.of();
    Set<String> corsExposedHeaders = Set.of();

    @Nullable
    Duration corsMaxAge;

    String cookie = "false";
    boolean cookieSecure;
    String cookiePath = "/";
    boolean addTrailingSlash = true;
    private boolean checkPolling;
    private boolean standardWebSocket;
    boolean httpCompression = true;
    int httpCompressionThreshold = 1024;

    void transports(Set<String> names) {
        engine.transports(names.stream().map(OptionsDraft::transport).collect(Collectors.toSet()));
    }

    private static TransportName transport(String name) {
        return TransportName.of(name)
                .orElseThrow(() -> new IllegalArgumentException("polling and websocket are known, not " + name));
    }

    void path(String text) {
        if (!text.startsWith("/") || text.length() < 2 || text.contains("*") || text.contains("?")) {
            throw new IllegalArgumentException("a path begins with a slash and has neither * nor ?");
        }
        path = text;
    }

    void originCheck(String what) {
        checkPolling = switch (what) {
            case "websocket" -> false;
            case "all" -> true;
            default -> throw new IllegalArgumentException("websocket and all are known, not " + what);
        };
    }

    void websocket(String way) {
        standardWebSocket = switch (way) {
            case "standard" -> true;
            case "fast" -> false;
            default -> throw new IllegalArgumentException("fast and standard are known, not " + way);
        };
    }

    void initialPacket(String text) {
        engine.initialPacket(new Packet.Text(text));
    }

    /** @throws IllegalArgumentException when settings contradict each other */
    DoorOptions finish() {
        finishCors();
        if (!cookie.equalsIgnoreCase("false")) {
            String name = cookie.equalsIgnoreCase("true") ? "io" : cookie;
            engine.cookie(new SessionCookie(name, cookiePath, cookieSecure));
        }
        engine.httpCompression(httpCompression ? httpCompressionThreshold : -1);
        // What answers pages of an origin lets them in; but nobody is let in by "all", unless that is said by itself.
        Set<String> allowed = new LinkedHashSet<>(origins);
        allowed.addAll(corsOrigins);
        String place = path.endsWith("/") || !addTrailingSlash ? path : path + "/";
        return new DoorOptions(place, allowed, checkPolling, standardWebSocket);
    }

    private void finishCors() {
        if (corsOrigins.isEmpty()) {
            return;
        }
        if (corsOrigins.contains("*") && !origins.contains("*")) {
            throw new IllegalArgumentException(CORS
                    + " is *, which would let every page of the web in, over WebSocket with"
                    + " its visitor's cookies: name the origins, or set " + Settings.PREFIX + "origins to * as well");
        }
        if (corsOrigins.contains("*") && corsCredentials) {
            LOG.log(
                    Level.WARNING,
                    "{0} is * and {1}cors.credentials true: no browser accepts that over polling; name the origins, or"
                            + " say /.*/ for whichever asks",
                    CORS,
                    Settings.PREFIX);
        }
        Cors plain = new Cors(corsOrigins, corsCredentials);
        engine.cors(new Cors(
                corsOrigins,
                corsCredentials,
                corsMethods.isEmpty() ? plain.methods() : List.copyOf(corsMethods),
                List.copyOf(corsAllowedHeaders),
                List.copyOf(corsExposedHeaders),
                corsMaxAge));
    }
}
