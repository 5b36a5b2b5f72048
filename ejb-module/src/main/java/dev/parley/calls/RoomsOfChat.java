package dev.parley.calls;

import dev.parley.chat.Room;
import dev.parley.chat.RoomService;
import dev.parley.identity.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rooms of chat are the rooms of calls. */
@Dependent
class RoomsOfChat implements CallRooms {

    private final RoomService rooms;

    @Inject
    RoomsOfChat(RoomService rooms) {
        this.rooms = rooms;
    }

    @Override
    public Set<UUID> of(Caller caller) {
        return rooms.roomsOf(caller).stream().map(Room::id).collect(Collectors.toSet());
    }

    @Override
    public boolean isMember(Caller caller, UUID roomId) {
        return of(caller).contains(roomId);
    }

    @Override
    public Optional<Boolean> direct(Caller caller, UUID roomId) {
        return rooms.roomsOf(caller).stream()
                .filter(room -> room.id().equals(roomId))
                .findFirst()
                .map(room -> room.kind() == Room.Kind.DIRECT);
    }
}
