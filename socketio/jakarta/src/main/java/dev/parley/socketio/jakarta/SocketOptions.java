package dev.parley.socketio.jakarta;

import dev.parley.engineio.EngineOptions;
import dev.parley.socketio.SocketServerBuilder;
import dev.parley.socketio.jakarta.door.DoorOptions;
import dev.parley.socketio.protocol.Decoder;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How the injectable {@link dev.parley.socketio.SocketServer} behaves. An application that produces a CDI bean of this type decides
 * for itself; without one it is {@link #configured()}. What even that cannot say, an observer of {@link SocketServerBuilder} can.
 *
 * @param connectTimeout how long a connection may go without joining a namespace, 45 s
 * @param maxAttachments binary parts that one packet of a client may have, 10
 */
public record SocketOptions(EngineOptions engine, Duration connectTimeout, DoorOptions door, int maxAttachments) {

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
        this(engine, connectTimeout, door, Decoder.MAX_ATTACHMENTS);
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
        return new SocketOptions(draft.engine.build(), draft.connectTimeout, door, draft.maxAttachments);
    }

    /** All of it but the door. */
    void applyTo(SocketServerBuilder builder) {
        builder.engine(engine).connectTimeout(connectTimeout).maxAttachments(maxAttachments);
    }
}
