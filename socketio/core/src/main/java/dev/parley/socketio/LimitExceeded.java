package dev.parley.socketio;

import com.fasterxml.jackson.databind.node.ObjectNode;

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

    /** The payload of the CONNECT_ERROR that says so. */
    ObjectNode error() {
        var error = LiveNamespace.message(String.valueOf(getMessage()));
        error.putObject("data")
                .put("code", "limit_exceeded")
                .put("limit", limit)
                .put("max", max);
        return error;
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
