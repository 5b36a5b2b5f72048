package dev.parley.socketio.jakarta;

import static dev.parley.socketio.jakarta.Setting.list;
import static dev.parley.socketio.jakarta.Setting.millis;
import static dev.parley.socketio.jakarta.Setting.number;
import static dev.parley.socketio.jakarta.Setting.text;
import static dev.parley.socketio.jakarta.Setting.truth;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All settings: the reference server's options in kebab case, as far as a container can have them, and ours behind them. */
final class SettingsTable {

    private static final int MAX = Integer.MAX_VALUE;
    /** Other modules read their own. */
    private static final String ADMIN = Settings.PREFIX + "admin.";

    static final List<Setting> ALL = List.of(
            text("path", "/socket.io", "", "below the context path", OptionsDraft::path),
            truth(
                    "add-trailing-slash",
                    true,
                    "`/socket.io/` alone; false: also `/socket.io`",
                    (draft, on) -> draft.addTrailingSlash = on),
            truth(
                    "serve-client",
                    true,
                    "the browser client, `/socket.io/socket.io.min.js` and others",
                    (draft, on) -> draft.engine.serveClient(on)),
            list("transports", "polling,websocket", "", "what clients may use", OptionsDraft::transports),
            truth("allow-upgrades", true, "from polling to WebSocket", (draft, on) -> draft.engine.allowUpgrades(on)),
            millis(
                    "ping-interval",
                    25_000,
                    "between a pong and the next ping",
                    (draft, value) -> draft.engine.pingInterval(value)),
            millis("ping-timeout", 20_000, "how late a pong may be", (draft, value) -> draft.engine.pingTimeout(value)),
            millis(
                    "upgrade-timeout",
                    10_000,
                    "to finish an upgrade",
                    (draft, value) -> draft.engine.upgradeTimeout(value)),
            millis("connect-timeout", 45_000, "to join a namespace", (draft, value) -> draft.connectTimeout = value),
            number(
                    "max-http-buffer-size",
                    1_000_000,
                    1,
                    MAX,
                    "bytes of one message: more is 413, or close 1009",
                    (draft, bytes) -> draft.engine.maxHttpBufferSize(bytes)),
            number(
                    "max-handshake-bytes",
                    16_384,
                    1,
                    MAX,
                    "URL and headers of a handshake, 32 more for each field: more gets 431",
                    (draft, bytes) -> draft.engine.maxHandshakeBytes(bytes)),
            text(
                    "parser",
                    "json",
                    "json, msgpack",
                    "how packets are written; `msgpack` needs that module",
                    (draft, name) -> draft.parser = name),
            number(
                    "max-attachments",
                    10,
                    0,
                    1_000,
                    "binary parts of one packet from a client",
                    (draft, count) -> draft.maxAttachments = count),
            millis(
                    "ack-timeout",
                    30_000,
                    "for acknowledgements, where a call does not say",
                    (draft, value) -> draft.ackTimeout = value),
            number(
                    "max-pending-acks",
                    1_000,
                    1,
                    MAX,
                    "that one client may owe",
                    (draft, count) -> draft.maxPendingAcks = count),
            truth(
                    "cleanup-empty-child-namespaces",
                    false,
                    "forget those of a pattern when the last client has left",
                    (draft, on) -> draft.cleanupEmptyChildNamespaces = on),
            truth(
                    "connection-state-recovery",
                    false,
                    "lost connections go on where they were",
                    (draft, on) -> draft.recover = on),
            millis(
                    "connection-state-recovery.max-disconnection-duration",
                    120_000,
                    "for how long",
                    (draft, value) -> draft.recovery = draft.recovery.maxDisconnectionDuration(value)),
            truth(
                    "connection-state-recovery.skip-middlewares",
                    true,
                    "and are not asked again",
                    (draft, on) -> draft.recovery = draft.recovery.skipMiddlewares(on)),
            truth(
                    "http-compression",
                    true,
                    "gzip or deflate of polling responses",
                    (draft, on) -> draft.httpCompression = on),
            number(
                    "http-compression.threshold",
                    1_024,
                    0,
                    MAX,
                    "bytes from which they are",
                    (draft, bytes) -> draft.httpCompressionThreshold = bytes),
            truth(
                    "per-message-deflate",
                    false,
                    "of WebSocket messages, where the server can",
                    (draft, on) -> draft.engine.perMessageDeflate(on)),
            text(
                    "websocket",
                    "fast",
                    "fast, standard",
                    "on the server's own connections where that is possible, or always by Jakarta WebSocket",
                    OptionsDraft::websocket),
            text("initial-packet", "", "text", "a message for each new connection", OptionsDraft::initialPacket),
            text(
                    "cookie",
                    "false",
                    "true, false, a name",
                    "for sticky load balancers; `true` is `io`",
                    (draft, name) -> draft.cookie = name),
            text("cookie.path", "/", "", "", (draft, path) -> draft.cookiePath = path),
            truth("cookie.secure", false, "over TLS only", (draft, on) -> draft.cookieSecure = on),
            list(
                    "cors.origin",
                    "",
                    "origins, `/expressions/`",
                    "pages of other sites that may connect; `*` needs `origins=*`",
                    (draft, names) -> draft.corsOrigins = names),
            truth(
                    "cors.credentials",
                    false,
                    "whether those pages may send cookies",
                    (draft, on) -> draft.corsCredentials = on),
            list("cors.methods", "GET,HEAD,PUT,PATCH,POST,DELETE", "", "", (draft, names) -> draft.corsMethods = names),
            list(
                    "cors.allowed-headers",
                    "",
                    "",
                    "nothing: what the browser asks for",
                    (draft, names) -> draft.corsAllowedHeaders = names),
            list("cors.exposed-headers", "", "", "", (draft, names) -> draft.corsExposedHeaders = names),
            new Setting(
                    "cors.max-age",
                    "",
                    "s, 0 to " + MAX,
                    "how long browsers keep a preflight",
                    number(
                                    "cors.max-age",
                                    0,
                                    0,
                                    MAX,
                                    "",
                                    (draft, value) -> draft.corsMaxAge = Duration.ofSeconds(value))
                            .apply()),
            list(
                    "origins",
                    "",
                    "origins, `/expressions/`, `*`",
                    "let in besides the own one and `cors.origin`",
                    (draft, names) -> draft.origins = names),
            text(
                    "origin-check",
                    "websocket",
                    "websocket, all",
                    "what pages of other origins may not open; `all`: polling neither",
                    OptionsDraft::originCheck),
            number(
                    "max-buffered-bytes",
                    4 << 20,
                    1,
                    MAX,
                    "waiting for one client: more disconnects it",
                    (draft, bytes) -> draft.engine.maxBufferedBytes(bytes)),
            number(
                    "max-buffered-packets",
                    4_096,
                    1,
                    MAX,
                    "the same in packets",
                    (draft, count) -> draft.engine.maxBufferedPackets(count)),
            number(
                    "max-inbound-bytes",
                    16 << 20,
                    1,
                    MAX,
                    "received from one client and not yet handled: more disconnects it",
                    (draft, bytes) -> draft.engine.maxInboundBytes(bytes)),
            number(
                    "max-connections",
                    MAX,
                    1,
                    MAX,
                    "more get 503",
                    (draft, count) -> draft.engine.maxConnections(count)),
            number(
                    "max-connections-per-address",
                    MAX,
                    1,
                    MAX,
                    "more get 429",
                    (draft, count) -> draft.engine.maxConnectionsPerAddress(count)),
            number(
                    "max-silent-connections",
                    20_000,
                    1,
                    MAX,
                    "that have sent nothing yet: more get 503",
                    (draft, count) -> draft.engine.maxSilentConnections(count)),
            number(
                    "max-namespaces-per-connection",
                    100,
                    1,
                    MAX,
                    "at a time: more get CONNECT_ERROR",
                    (draft, count) -> draft.limits = draft.limits.maxNamespacesPerConnection(count)),
            number(
                    "max-dynamic-namespaces",
                    10_000,
                    1,
                    MAX,
                    "that clients asked for: empty ones go, then more get CONNECT_ERROR",
                    (draft, count) -> draft.limits = draft.limits.maxDynamicNamespaces(count)),
            number(
                    "max-namespace-length",
                    1_024,
                    1,
                    MAX,
                    "characters of a name that a client asks for: more get CONNECT_ERROR",
                    (draft, count) -> draft.limits = draft.limits.maxNamespaceLength(count)),
            number(
                    "max-auth-bytes",
                    16_384,
                    1,
                    MAX,
                    "of a CONNECT with its auth payload: more get CONNECT_ERROR",
                    (draft, bytes) -> draft.limits = draft.limits.maxAuthBytes(bytes)),
            number(
                    "max-rooms-per-socket",
                    10_000,
                    1,
                    MAX,
                    "`join` throws `LimitExceeded` when it would be in more",
                    (draft, count) -> draft.limits = draft.limits.maxRoomsPerSocket(count)));

    private SettingsTable() {}

    /** @throws IllegalArgumentException naming the key, its value and what is allowed; or a key that is none */
    static OptionsDraft read(Settings settings) {
        Set<String> known = ALL.stream().map(Setting::key).collect(Collectors.toSet());
        settings.names()
                .filter(key -> key.startsWith(Settings.PREFIX) && !key.startsWith(ADMIN) && !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(key + " is no setting" + similar(key));
                });
        OptionsDraft draft = new OptionsDraft();
        ALL.forEach(setting ->
                settings.text(setting.name()).ifPresent(text -> setting.apply().accept(text, draft)));
        return draft;
    }

    private static String similar(String key) {
        String letters = letters(key);
        return ALL.stream()
                .map(Setting::key)
                .filter(known -> letters(known).equals(letters))
                .findFirst()
                .map(known -> "; " + known + " is")
                .orElse("");
    }

    private static String letters(String key) {
        return key.replaceAll("[^A-Za-z]", "").toLowerCase(java.util.Locale.ROOT);
    }

    /** The table of the README. */
    static String markdown() {
        return ALL.stream()
                .map(setting -> "| `" + setting.key() + "` | "
                        + (setting.fallback().isEmpty()
                                ? ""
                                : "`" + setting.fallback().replace(Integer.toString(MAX), "any") + "`")
                        + " | "
                        + setting.range().replace(" to " + MAX, " or more") + " | " + setting.meaning() + " |")
                .collect(Collectors.joining("\n", "| key | default | values | |\n|---|---|---|---|\n", "\n"));
    }
}
