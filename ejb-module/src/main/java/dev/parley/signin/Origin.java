package dev.parley.signin;

import dev.parley.ratelimit.Address;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from.
 *
 * @param network whose it is, for counting: {@link Address#network}
 * @param known the secret of a browser that signed in before, if it showed one
 */
public record Origin(
        String network, Device device, @Nullable String known) {

    /**
     * @param userAgent the header
     * @param address as the container gives it
     */
    public static Origin of(@Nullable String userAgent, String address) {
        return of(userAgent, address, null);
    }

    public static Origin of(@Nullable String userAgent, String address, @Nullable String known) {
        return new Origin(Address.network(address), Device.of(userAgent, address), known);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Origin[" + network + "]";
    }
}
