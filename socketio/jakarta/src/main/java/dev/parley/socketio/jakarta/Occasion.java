package dev.parley.socketio.jakarta;

import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.Event;
import dev.parley.socketio.Socket;

/** What a handler method is called for. */
sealed interface Occasion {

    Socket socket();

    record Connected(Socket socket) implements Occasion {}

    record Received(Socket socket, Event event) implements Occasion {}

    record Gone(Socket socket, DisconnectReason reason) implements Occasion {}
}
