package dev.parley.engineio;

/**
 * Why a request is not served. Over polling the body is {@code {"code":…,"message":…}}, for a WebSocket the bare message.
 *
 * @param status the HTTP status
 * @param code Engine.IO's error code
 */
public record Refusal(int status, int code, String message) implements Verdict {

    static final Refusal UNKNOWN_TRANSPORT = new Refusal(400, 0, "Transport unknown");
    static final Refusal UNKNOWN_SESSION = new Refusal(400, 1, "Session ID unknown");
    static final Refusal BAD_HANDSHAKE_METHOD = new Refusal(400, 2, "Bad handshake method");
    static final Refusal BAD_REQUEST = new Refusal(400, 3, "Bad request");
    static final Refusal UNSUPPORTED_PROTOCOL = new Refusal(400, 5, "Unsupported protocol version");

    /** HTTP 403 with that message. */
    public static Refusal forbidden(String message) {
        return new Refusal(403, 4, message);
    }

    /** The body for a polling request. */
    String json() {
        return "{\"code\":" + code + ",\"message\":" + Json.quoted(message) + "}";
    }
}
