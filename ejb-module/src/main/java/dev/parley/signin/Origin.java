package dev.parley.signin;

import dev.parley.ratelimit.Address;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from.
 *
 * @param network whose it is, for counting: {@link Address#network}
 */
public record Origin(String network, Device device) {

    /**
     * @param userAgent the header
     * @param address as the container gives it
     */
    public static Origin of(@Nullable String userAgent, String address) {
        return new Origin(Address.network(address), Device.of(userAgent, address));
    }
}
