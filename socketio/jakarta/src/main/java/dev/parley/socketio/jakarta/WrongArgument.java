package dev.parley.socketio.jakarta;

/**
 * What a client sent with an event does not fit the handler's parameters: missing, of another shape, or refused by the constructor
 * that was to take it ({@link IllegalArgumentException}). The message is meant for the client.
 */
public final class WrongArgument extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    WrongArgument(IllegalArgumentException reason) {
        super(reason.getMessage(), reason);
    }
}
