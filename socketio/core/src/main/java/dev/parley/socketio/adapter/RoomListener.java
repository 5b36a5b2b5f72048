package dev.parley.socketio.adapter;

/** Told of rooms of this node, among them the one of each socket that is named like its id. Must not block. */
public interface RoomListener {

    /** Somebody joins a room that nobody was in; {@link #joined} follows. */
    void created(String room);

    /** Nobody is in the room any more. */
    void deleted(String room);

    /** A socket has joined. */
    void joined(String room, String socketId);

    /** A socket has left. */
    void left(String room, String socketId);
}
