package dev.parley.chat;

import dev.parley.identity.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** Rooms: who made them, who is in them. */
@Stateless
public class RoomService {

    @Inject
    RoomViews views;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public RoomService() {}

    /** The rooms that the caller is in, oldest first. */
    public List<Room> roomsOf(Caller caller) {
        return views.of(caller.userId());
    }
}
