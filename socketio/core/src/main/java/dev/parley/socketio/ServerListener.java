package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.engineio.CloseReason;
import java.util.List;

/**
 * Watches a server, for metrics or an admin page; every method does nothing unless overridden. Called on hot paths and on any thread,
 * several at a time: a listener must be thread-safe and must not block. What it throws is logged and goes no further. With no
 * listener registered nothing of this costs anything.
 */
public interface ServerListener {

    /** The Engine.IO handshake was answered; transport and {@code secure} are in the connection. */
    default void connectionOpened(Connection connection) {}

    /** The connection moved from polling to WebSocket. */
    default void connectionUpgraded(Connection connection) {}

    /** The connection is over, for that reason; the last that is heard of it. */
    default void connectionClosed(Connection connection, CloseReason reason) {}

    /** The client did not read and its buffer was full; {@link #connectionClosed} follows. */
    default void slowReaderDropped(Connection connection) {}

    /** Engine.IO packets came, heartbeats among them; bytes are those of their payload. */
    default void packetsReceived(Connection connection, int packets, long bytes) {}

    /** Engine.IO packets were handed to the transport in one write; the answer to the handshake does not count. */
    default void packetsSent(Connection connection, int packets, long bytes) {}

    /** A CONNECT was answered; the socket's connection listeners run next. */
    default void connectAccepted(Socket socket) {}

    /** A CONNECT was answered with an error: no such namespace, or a middleware refused. */
    default void connectRefused(Connection connection, String namespace, String message) {}

    /** A socket that was connected has left its namespace. */
    default void socketLeft(Socket socket, DisconnectReason reason) {}

    /** Before the listeners of the event run. */
    default void eventReceived(Socket socket, String event, List<JsonNode> arguments) {}

    /** An event goes to this socket, alone or with others; a volatile one may still be dropped. */
    default void eventSent(Socket socket, String event, List<JsonNode> arguments) {}

    /** A namespace has come into being, because the application or a client asked for it. */
    default void namespaceCreated(Namespace namespace) {}

    /** Somebody joined a room that nobody was in. */
    default void roomCreated(String namespace, String room) {}

    /** The last one has left a room. */
    default void roomDeleted(String namespace, String room) {}

    /** Also called for the room that is named like the socket. */
    default void roomJoined(String namespace, String room, String socketId) {}

    /** A socket has left a room, or the namespace with it. */
    default void roomLeft(String namespace, String room, String socketId) {}

    /** The socket's {@link Socket#data() data} has another value. */
    default void dataChanged(Socket socket) {}

    /** As {@link FailureListener#failed}. */
    default void handlerFailed(Socket socket, String place, Throwable failure) {}

    /** A client came back in time: its socket has its old id, rooms and data; {@link #connectAccepted} follows. */
    default void recovered(Socket socket) {}

    /** A client asked for a session that is unknown, expired or incomplete; it gets a new one. */
    default void recoveryFailed(Connection connection, String namespace) {}

    /** A client did not come back in time. */
    default void sessionExpired(String namespace, String socketId) {}
}
