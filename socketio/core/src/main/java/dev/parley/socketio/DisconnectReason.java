package dev.parley.socketio;

import dev.parley.engineio.CloseReason;

/** Why a socket is gone, in the words of the protocol's reference server. */
public enum DisconnectReason {
    /** The transport failed, or a message was too large. */
    TRANSPORT_ERROR("transport error"),
    /** The client closed the connection, or it was lost. */
    TRANSPORT_CLOSE("transport close"),
    /** The client's connection was closed from outside, in the words of the reference server; we never say it. */
    FORCED_CLOSE("forced close"),
    /** The client did not answer a ping in time. */
    PING_TIMEOUT("ping timeout"),
    /** The client sent what the protocol does not allow. */
    PARSE_ERROR("parse error"),
    /** The server was closed. */
    SERVER_SHUTTING_DOWN("server shutting down"),
    /** The application closed the connection, or its client joined no namespace in time. */
    FORCED_SERVER_CLOSE("forced server close"),
    /** The client left the namespace. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The application disconnected the socket from the namespace. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    /** Ours: the client did not read fast enough and its write buffer was full. */
    SLOW_READER("slow reader"),
    /** Ours: the client sent faster than its packets could be handled. */
    FLOOD("flood"),
    /** Ours: the server had no thread for what the client sent. */
    OVERLOAD("server overloaded");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    static DisconnectReason of(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_ERROR -> TRANSPORT_ERROR;
            case TRANSPORT_CLOSE -> TRANSPORT_CLOSE;
            case PING_TIMEOUT -> PING_TIMEOUT;
            case PARSE_ERROR -> PARSE_ERROR;
            case FORCED_CLOSE -> FORCED_SERVER_CLOSE;
            case SHUTTING_DOWN -> SERVER_SHUTTING_DOWN;
            case SLOW_READER -> SLOW_READER;
            case FLOOD -> FLOOD;
            case OVERLOAD -> OVERLOAD;
        };
    }

    /** The words of the reference server, or ours where it has none. */
    public String text() {
        return text;
    }
}
