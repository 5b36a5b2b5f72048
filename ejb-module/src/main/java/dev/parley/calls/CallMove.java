package dev.parley.calls;

import dev.parley.calls.Leg.Device;
import dev.parley.calls.Leg.Media;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may happen to a call that exists. */
sealed interface CallMove {

    /**
     * A device comes in.
     *
     * @param newLegId the id to give to a leg that has to be made
     * @param resume the leg this device says it already has
     */
    record Join(
            Device device,
            Manner manner,
            Media media,
            UUID newLegId,
            @Nullable UUID resume) implements CallMove {}

    /** An answer to ringing is a contest among the devices of a person; joining and starting are a decision for this one. */
    enum Manner {
        ANSWER,
        JOIN
    }

    /** @param busy talking elsewhere, rather than unwilling */
    record Decline(Device device, boolean busy) implements CallMove {}

    /** @param leg which one the device means, or null for the one it has */
    record Renew(Device device, @Nullable UUID leg) implements CallMove {}

    /**
     * @param leg which one the device means, or null for the one it has
     * @param failed because no media path was found
     */
    record Leave(Device device, @Nullable UUID leg, boolean failed) implements CallMove {}

    /** The person may not be in this room any more. */
    record Remove(UUID userId) implements CallMove {}

    record Send(Device device, Media media) implements CallMove {}

    /** A connection is gone; the legs it carried live on until their lease ends. */
    record Detach(String socketId) implements CallMove {}

    /** Nothing but time. */
    record Tick() implements CallMove {}
}
