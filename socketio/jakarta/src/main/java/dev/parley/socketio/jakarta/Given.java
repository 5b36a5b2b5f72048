package dev.parley.socketio.jakarta;

import dev.parley.socketio.Acknowledgement;
import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.Event;
import dev.parley.socketio.Handshake;
import dev.parley.socketio.Namespace;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What the library itself gives to a handler method: a parameter by its type. */
enum Given {
    SOCKET(Socket.class),
    NAMESPACE(Namespace.class),
    SERVER(SocketServer.class),
    HANDSHAKE(Handshake.class),
    EVENT(Event.class),
    ACKNOWLEDGEMENT(Acknowledgement.class),
    REASON(DisconnectReason.class);

    static final Set<Given> ALWAYS = Collections.unmodifiableSet(EnumSet.of(SOCKET, NAMESPACE, SERVER, HANDSHAKE));
    static final Set<Given> OF_AN_EVENT =
            Collections.unmodifiableSet(EnumSet.of(SOCKET, NAMESPACE, SERVER, HANDSHAKE, EVENT, ACKNOWLEDGEMENT));
    static final Set<Given> OF_A_DEPARTURE =
            Collections.unmodifiableSet(EnumSet.of(SOCKET, NAMESPACE, SERVER, HANDSHAKE, REASON));

    private final Class<?> type;

    Given(Class<?> type) {
        this.type = type;
    }

    static Optional<Given> of(Class<?> type) {
        return Arrays.stream(values()).filter(given -> given.type == type).findFirst();
    }

    String typeName() {
        return type.getSimpleName();
    }
}
