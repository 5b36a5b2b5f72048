package dev.parley.socketio.jakarta;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.engineio.EngineOptions;
import dev.parley.socketio.SocketLimits;
import dev.parley.socketio.SocketServerBuilder;
import dev.parley.socketio.adapter.Recovery;
import dev.parley.socketio.jakarta.door.DoorOptions;
import dev.parley.socketio.protocol.Decoder;
import dev.parley.socketio.protocol.Parser;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the injectable {@link dev.parley.socketio.SocketServer} behaves. An application that produces a CDI bean of this type decides
 * for itself; without one it is {@link #configured()}. What even that cannot say, an observer of {@link SocketServerBuilder} can.
 *
 * @param connectTimeout how long a connection may go without joining a namespace, 45 s
 * @param maxAttachments binary parts that one packet of a client may have, 10
 * @param messaging acknowledgements, namespaces and recovery
 */
public record SocketOptions(
        EngineOptions engine, Duration connectTimeout, DoorOptions door, int maxAttachments, Messaging messaging) {

    /**
     * What is said between sockets and namespaces.
     *
     * @param parser the name of what writes and reads packets, json
     * @param ackTimeout how long an acknowledgement may take where the call does not say, 30 s
     * @param maxPendingAcks acknowledgements that one socket may owe, 1000
     * @param cleanupEmptyChildNamespaces whether a namespace of a pattern is forgotten when its last socket has left, false
     * @param limits of rooms and namespaces, and of what is kept with them
     * @param recovery how clients that lost their connection go on; null for not at all
     */
    public record Messaging(
            String parser,
            Duration ackTimeout,
            int maxPendingAcks,
            boolean cleanupEmptyChildNamespaces,
            SocketLimits limits,
            @Nullable Recovery recovery) {

        /** The defaults. */
        public static final Messaging DEFAULTS =
                new Messaging("json", Duration.ofSeconds(30), 1_000, false, SocketLimits.DEFAULTS, null);
    }

    public SocketOptions {
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("connectTimeout must be positive, not " + connectTimeout);
        }
        if (maxAttachments < 0) {
            throw new IllegalArgumentException("maxAttachments must not be negative, as " + maxAttachments);
        }
    }

    /** With the defaults for the rest. */
    public SocketOptions(EngineOptions engine, Duration connectTimeout, DoorOptions door) {
        this(engine, connectTimeout, door, Decoder.MAX_ATTACHMENTS, Messaging.DEFAULTS);
    }

    /**
     * From {@code socketio.*} of MicroProfile Config, or of system properties and environment variables where there is no
     * MicroProfile Config. Names and units are those of the reference server in kebab case, {@code socketio.ping-interval}: durations in
     * milliseconds, sizes in bytes, lists with commas. The README of the library has them all.
     *
     * @throws IllegalArgumentException naming the key, its value and what is allowed; also for a key that is none
     */
    public static SocketOptions configured() {
        return configured(engine -> {});
    }

    /** @param more what cannot be said in configuration, such as {@link EngineOptions.Builder#allowRequest} */
    public static SocketOptions configured(Consumer<EngineOptions.Builder> more) {
        return read(Settings.find(), more);
    }

    static SocketOptions read(Settings settings, Consumer<EngineOptions.Builder> more) {
        OptionsDraft draft = SettingsTable.read(settings);
        DoorOptions door = draft.finish();
        more.accept(draft.engine);
        return new SocketOptions(
                draft.engine.build(),
                draft.connectTimeout,
                door,
                draft.maxAttachments,
                new Messaging(
                        draft.parser,
                        draft.ackTimeout,
                        draft.maxPendingAcks,
                        draft.cleanupEmptyChildNamespaces,
                        draft.limits,
                        draft.recover ? draft.recovery : null));
    }

    /**
     * All of it but the door.
     *
     * @throws IllegalArgumentException when there is no such parser
     */
    void applyTo(SocketServerBuilder builder, ObjectMapper json) {
        if (!messaging.parser().equals("json")) { // which knows maxAttachments too
            builder.parser(Parser.named(messaging.parser(), json));
        }
        builder.json(json)
                .engine(engine)
                .connectTimeout(connectTimeout)
                .maxAttachments(maxAttachments)
                .ackTimeout(messaging.ackTimeout())
                .maxPendingAcks(messaging.maxPendingAcks())
                .cleanupEmptyChildNamespaces(messaging.cleanupEmptyChildNamespaces())
                .limits(messaging.limits());
        if (messaging.recovery() != null) {
            builder.connectionStateRecovery(messaging.recovery());
        }
    }
}
