package dev.parley.calls;

import java.util.List;
import java.util.UUID;

/**
 * What a device gets that may take part.
 *
 * @param legId the device's own leg
 * @param ttlMs how long the relay's credentials live
 * @param relayOnly whether media go through a relay or not at all, whatever the person chose
 */
public record Admission(Call call, UUID legId, List<IceServer> iceServers, long ttlMs, boolean relayOnly) {

    public Admission {
        iceServers = List.copyOf(iceServers);
    }

    /** What a device gets that renews its lease: the call, too, in case that it missed something. */
    public record Renewal(Call call, List<IceServer> iceServers, long ttlMs, boolean relayOnly) {

        public Renewal {
            iceServers = List.copyOf(iceServers);
        }
    }
}
