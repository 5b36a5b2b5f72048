package dev.parley.engineio;

/**
 * How many connections there may be; {@link Integer#MAX_VALUE} for any number.
 *
 * @param total of this engine; who comes then gets HTTP 503
 * @param perAddress from one IP address; who comes then gets HTTP 429
 * @param silent whose client has not sent anything since the handshake; who comes then gets HTTP 503. Stops a flood of handshakes, whose
 *     connections would each live until their first ping is missed
 */
public record ConnectionLimits(int total, int perAddress, int silent) {

    static final ConnectionLimits DEFAULTS = new ConnectionLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, 20_000);

    public ConnectionLimits {
        positive("maxConnections", total);
        positive("maxConnectionsPerAddress", perAddress);
        positive("maxSilentConnections", silent);
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
