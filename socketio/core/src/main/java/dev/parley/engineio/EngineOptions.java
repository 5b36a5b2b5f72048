package dev.parley.engineio;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an engine behaves; names and defaults are those of the reference server, as far as it has them.
 *
 * @param pingInterval between a pong and the next ping, 25 s
 * @param pingTimeout how long a pong may take, 20 s
 * @param upgradeTimeout how long the probe of an upgrade may take, 10 s
 * @param maxHttpBufferSize bytes of one POST body or one WebSocket message, 1,000,000; announced as {@code maxPayload}
 * @param maxHandshakeBytes of the URL and the headers of a handshake, which are kept as long as the session: their characters, and 32 more
 *     for each header and parameter; 16,384, as the reference server's runtime has it; more gets HTTP 431
 * @param transports what a client may use, both
 * @param allowUpgrades whether a session may move from polling to WebSocket, true
 * @param cookie the cookie of the handshake response, none
 * @param cors the headers for pages of other origins, none
 * @param httpCompression bytes from which a polling response is compressed when the client likes, 1024; negative for never
 * @param perMessageDeflate whether WebSocket messages may be compressed, where the server can, false: costs more than it saves for
 *     messages as short as these usually are
 * @param initialPacket a message for each new session, right behind its handshake; none
 * @param initialHeaders adds to the response to a handshake
 * @param headers adds to each response of a session, that to a WebSocket handshake among them
 * @param generateId makes session ids
 * @param serveClient whether the door hands out the browser client below its path, where it has one, true
 * @param connections how many there may be
 * @param allowRequest decides on each handshake, lets all in
 * @param maxBufferedBytes of one session waiting to be written, 4 MiB; more closes it as {@link CloseReason#SLOW_READER}
 * @param maxBufferedPackets of one session waiting to be written, 4096; more closes it too
 * @param maxInboundBytes received of one session and not yet handled, 16 MiB; more closes it as {@link CloseReason#FLOOD}
 */
public record EngineOptions(
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        int maxHttpBufferSize,
        int maxHandshakeBytes,
        Set<TransportName> transports,
        boolean allowUpgrades,
        @Nullable SessionCookie cookie,
        @Nullable Cors cors,
        RequestCheck allowRequest,
        int maxBufferedBytes,
        int maxBufferedPackets,
        int maxInboundBytes,
        int httpCompression,
        boolean perMessageDeflate,
        @Nullable Packet initialPacket,
        ResponseHeaders initialHeaders,
        ResponseHeaders headers,
        IdGenerator generateId,
        boolean serveClient,
        ConnectionLimits connections) {

    public EngineOptions {
        positive("pingInterval", pingInterval);
        positive("pingTimeout", pingTimeout);
        positive("upgradeTimeout", upgradeTimeout);
        positive("maxHttpBufferSize", maxHttpBufferSize);
        positive("maxHandshakeBytes", maxHandshakeBytes);
        positive("maxBufferedBytes", maxBufferedBytes);
        positive("maxBufferedPackets", maxBufferedPackets);
        positive("maxInboundBytes", maxInboundBytes);
        Objects.requireNonNull(allowRequest, "allowRequest");
        Objects.requireNonNull(generateId, "generateId");
        if (initialPacket != null
                && !(initialPacket instanceof Packet.Text || initialPacket instanceof Packet.Binary)) {
            throw new IllegalArgumentException("initialPacket must be a message");
        }
        transports = Set.copyOf(transports);
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("transports is empty: no client could connect");
        }
    }

    /** What holds unless something else is said. */
    public static EngineOptions defaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }

    /** Starts from the defaults. */
    public static final class Builder {

        private Duration pingInterval = Duration.ofSeconds(25);
        private Duration pingTimeout = Duration.ofSeconds(20);
        private Duration upgradeTimeout = Duration.ofSeconds(10);
        private int maxHttpBufferSize = 1_000_000;
        private int maxHandshakeBytes = 16_384;
        private Set<TransportName> transports = Set.of(TransportName.values());
        private boolean allowUpgrades = true;
        private @Nullable SessionCookie cookie;
        private @Nullable Cors cors;
        private RequestCheck allowRequest = RequestCheck.ALLOW_ALL;
        private int maxBufferedBytes = 4 << 20;
        private int maxBufferedPackets = 4096;
        private int maxInboundBytes = 16 << 20;
        private int httpCompression = 1024;
        private boolean perMessageDeflate;
        private @Nullable Packet initialPacket;
        private ResponseHeaders initialHeaders = ResponseHeaders.NONE;
        private ResponseHeaders headers = ResponseHeaders.NONE;
        private IdGenerator generateId = IdGenerator.random();
        private boolean serveClient = true;
        private ConnectionLimits connections = ConnectionLimits.DEFAULTS;

        private Builder() {}

        /** As {@link EngineOptions#pingInterval()}. */
        public Builder pingInterval(Duration value) {
            pingInterval = value;
            return this;
        }

        /** As {@link EngineOptions#pingTimeout()}. */
        public Builder pingTimeout(Duration value) {
            pingTimeout = value;
            return this;
        }

        /** As {@link EngineOptions#upgradeTimeout()}. */
        public Builder upgradeTimeout(Duration value) {
            upgradeTimeout = value;
            return this;
        }

        /** As {@link EngineOptions#maxHttpBufferSize()}. */
        public Builder maxHttpBufferSize(int bytes) {
            maxHttpBufferSize = bytes;
            return this;
        }

        /** As {@link EngineOptions#maxHandshakeBytes()}. */
        public Builder maxHandshakeBytes(int bytes) {
            maxHandshakeBytes = bytes;
            return this;
        }

        /** As {@link EngineOptions#transports()}. */
        public Builder transports(Set<TransportName> value) {
            transports = value;
            return this;
        }

        /** As {@link EngineOptions#allowUpgrades()}. */
        public Builder allowUpgrades(boolean value) {
            allowUpgrades = value;
            return this;
        }

        /** As {@link EngineOptions#cookie()}. */
        public Builder cookie(SessionCookie value) {
            cookie = value;
            return this;
        }

        /** As {@link EngineOptions#cors()}. */
        public Builder cors(Cors value) {
            cors = value;
            return this;
        }

        /** As {@link EngineOptions#allowRequest()}. */
        public Builder allowRequest(RequestCheck value) {
            allowRequest = value;
            return this;
        }

        /** As {@link EngineOptions#maxBufferedBytes()}. */
        public Builder maxBufferedBytes(int bytes) {
            maxBufferedBytes = bytes;
            return this;
        }

        /** As {@link EngineOptions#maxBufferedPackets()}. */
        public Builder maxBufferedPackets(int packets) {
            maxBufferedPackets = packets;
            return this;
        }

        /** As {@link EngineOptions#maxInboundBytes()}. */
        public Builder maxInboundBytes(int bytes) {
            maxInboundBytes = bytes;
            return this;
        }

        /** @param threshold bytes; negative for never */
        public Builder httpCompression(int threshold) {
            httpCompression = threshold;
            return this;
        }

        /** As {@link EngineOptions#perMessageDeflate()}. */
        public Builder perMessageDeflate(boolean value) {
            perMessageDeflate = value;
            return this;
        }

        /** @param message a {@link Packet.Text} or {@link Packet.Binary} */
        public Builder initialPacket(Packet message) {
            initialPacket = message;
            return this;
        }

        /** As {@link EngineOptions#initialHeaders()}. */
        public Builder initialHeaders(ResponseHeaders value) {
            initialHeaders = value;
            return this;
        }

        /** As {@link EngineOptions#headers()}. */
        public Builder headers(ResponseHeaders value) {
            headers = value;
            return this;
        }

        /** As {@link EngineOptions#generateId()}. */
        public Builder generateId(IdGenerator value) {
            generateId = value;
            return this;
        }

        /** As {@link EngineOptions#serveClient()}. */
        public Builder serveClient(boolean value) {
            serveClient = value;
            return this;
        }

        /** Any number unless told otherwise. */
        public Builder maxConnections(int value) {
            connections = new ConnectionLimits(value, connections.perAddress(), connections.silent());
            return this;
        }

        /** Any number unless told otherwise: behind a proxy that hides addresses all clients have one. */
        public Builder maxConnectionsPerAddress(int value) {
            connections = new ConnectionLimits(connections.total(), value, connections.silent());
            return this;
        }

        /** 20,000. */
        public Builder maxSilentConnections(int value) {
            connections = new ConnectionLimits(connections.total(), connections.perAddress(), value);
            return this;
        }

        /** @throws IllegalArgumentException naming the option that cannot be used, its value and what is allowed */
        public EngineOptions build() {
            return new EngineOptions(
                    pingInterval,
                    pingTimeout,
                    upgradeTimeout,
                    maxHttpBufferSize,
                    maxHandshakeBytes,
                    transports,
                    allowUpgrades,
                    cookie,
                    cors,
                    allowRequest,
                    maxBufferedBytes,
                    maxBufferedPackets,
                    maxInboundBytes,
                    httpCompression,
                    perMessageDeflate,
                    initialPacket,
                    initialHeaders,
                    headers,
                    generateId,
                    serveClient,
                    connections);
        }
    }
}
