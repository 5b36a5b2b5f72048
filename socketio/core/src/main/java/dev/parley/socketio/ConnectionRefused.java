package dev.parley.socketio;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A CONNECT that is answered with CONNECT_ERROR {@code {message, data}}; the connection itself stays. */
public final class ConnectionRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /** @param data anything Jackson can write, or null for none */
    public ConnectionRefused(String message, @Nullable Object data) {
        super(message, null, false, false);
        this.data = data;
    }

    /** What the client gets beside the message. */
    public Optional<Object> data() {
        return Optional.ofNullable(data);
    }
}
