package dev.parley.socketio;

import dev.parley.engineio.CloseReason;

/** Why a socket is gone, in the words of the protocol's reference server. */
public enum DisconnectReason {
    TRANSPORT_ERROR("transport error"),
    TRANSPORT_CLOSE("transport close"),
    FORCED_CLOSE("forced close"),
    PING_TIMEOUT("ping timeout"),
    PARSE_ERROR("parse error"),
    SERVER_SHUTTING_DOWN("server shutting down"),
    FORCED_SERVER_CLOSE("forced server close"),
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
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

    public String text() {
        return text;
    }
}
