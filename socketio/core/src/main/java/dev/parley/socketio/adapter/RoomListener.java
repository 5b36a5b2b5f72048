package dev.parley.socketio.adapter;

/** Told of rooms of this node, among them the one of each socket that is named like its id. Must not block. */
public interface RoomListener {

    void created(String room);

    void deleted(String room);

    void joined(String room, String socketId);

    void left(String room, String socketId);
}
