package dev.parley.calls;

import dev.parley.identity.Caller;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What calls must know of rooms. */
interface CallRooms {

    /** The rooms the caller is a member of. */
    Set<UUID> of(Caller caller);

    boolean isMember(Caller caller, UUID roomId);

    /** How many people are in that room, which the caller is a member of. */
    long size(Caller caller, UUID roomId);

    /** Whether that room is one of two people; empty for a room that the caller is not a member of. */
    Optional<Boolean> direct(Caller caller, UUID roomId);
}
