package dev.parley.socketio;

/** Something would be more than one of the {@link SocketLimits} allows, and was not done; the message names the limit and its value. */
public final class LimitExceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String limit;
    private final int max;

    LimitExceeded(String what, String limit, int max) {
        super(what + ": " + limit + " is " + max);
        this.limit = limit;
        this.max = max;
    }

    /** The name of the limit, one of the components of {@link SocketLimits}. */
    public String limit() {
        return limit;
    }

    /** The limit's value, in its unit. */
    public int max() {
        return max;
    }
}
