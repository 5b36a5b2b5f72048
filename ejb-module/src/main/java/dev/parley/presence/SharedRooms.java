package dev.parley.presence;

import java.util.Set;
import java.util.UUID;

/** Who may learn of a person's presence: the members of the rooms they are in. */
public interface SharedRooms {

    /** The rooms of a person; empty for somebody who does not exist. */
    Set<UUID> roomIdsOf(UUID userId);

    /** The people who are in any of those rooms; at most some thousands, the person themself may be among them. */
    Set<UUID> peersOf(UUID userId);

    /**
     * The members of a room.
     *
     * @param most how many are wanted at most
     */
    Set<UUID> membersOf(UUID roomId, int most);

    /** How many members a room has. */
    long sizeOf(UUID roomId);
}
