package dev.parley.engineio;

/** Why a session ended. */
public enum CloseReason {
    /** The transport failed, or what came over it was too large. */
    TRANSPORT_ERROR,
    /** The client closed it, or the connection was lost. */
    TRANSPORT_CLOSE,
    /** The client did not answer a ping in time. */
    PING_TIMEOUT,
    /** The client sent what is no packet. */
    PARSE_ERROR,
    /** The application closed it. */
    FORCED_CLOSE,
    /** The engine was closed. */
    SHUTTING_DOWN,
    /** The client did not read fast enough and its write buffer was full. */
    SLOW_READER,
    /** The client sent faster than its packets could be handled. */
    FLOOD,
    /** The server has no thread for what the client sent. */
    OVERLOAD
}
