package dev.parley.calls;

import dev.parley.chat.RoomService;
import dev.parley.identity.Caller;
import dev.parley.presence.SharedRooms;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The rooms of chat are the rooms of calls. */
@Dependent
class RoomsOfChat implements CallRooms {

    private final RoomService rooms;
    private final SharedRooms memberships;

    @Inject
    RoomsOfChat(RoomService rooms, SharedRooms memberships) {
        this.rooms = rooms;
        this.memberships = memberships;
    }

    @Override
    public Set<UUID> of(Caller caller) {
        return memberships.roomIdsOf(caller.userId());
    }

    @Override
    public boolean isMember(Caller caller, UUID roomId) {
        try {
            rooms.requireMember(caller, roomId);
            return true;
        } catch (Problem stranger) {
            return false;
        }
    }

    @Override
    public long size(Caller caller, UUID roomId) {
        return rooms.room(caller, roomId).memberCount();
    }

    @Override
    public Optional<Boolean> direct(Caller caller, UUID roomId) {
        if (!isMember(caller, roomId)) {
            return Optional.empty();
        }
        // a direct room of more than two is called as any other
        return Optional.of(rooms.room(caller, roomId).peer() != null);
    }
}
