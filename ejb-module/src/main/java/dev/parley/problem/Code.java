package dev.parley.problem;

/** The catalogue of errors that clients see: the same word in acknowledgements, refusals and HTTP problems. */
public enum Code {
    INVALID(400),
    UNAUTHORIZED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    CONFLICT(409),
    TOO_LARGE(413),
    UNSUPPORTED_TYPE(415),
    RATE_LIMITED(429),
    INTERNAL(500),
    UNAVAILABLE(503);

    private final int status;

    Code(int status) {
        this.status = status;
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }

    /** The word on the wire: lower snake case. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
