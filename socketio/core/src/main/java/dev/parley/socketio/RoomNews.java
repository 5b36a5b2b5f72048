package dev.parley.socketio;

import dev.parley.socketio.adapter.RoomListener;

/** Tells those who watch of one namespace's rooms. */
record RoomNews(String namespace, Observers observers) implements RoomListener {

    @Override
    public void created(String room) {
        observers.tell(listener -> listener.roomCreated(namespace, room));
    }

    @Override
    public void deleted(String room) {
        observers.tell(listener -> listener.roomDeleted(namespace, room));
    }

    @Override
    public void joined(String room, String socketId) {
        observers.tell(listener -> listener.roomJoined(namespace, room, socketId));
    }

    @Override
    public void left(String room, String socketId) {
        observers.tell(listener -> listener.roomLeft(namespace, room, socketId));
    }
}
