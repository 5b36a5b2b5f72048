package dev.parley.socketio.wildfly;

/** What a client sent is not allowed by RFC 6455; carries no stack trace, because a hostile client can cause many. */
final class FrameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    /** @param code to close with (RFC 6455, 7.4.1) */
    FrameException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
