package dev.parley.socketio.jakarta.door;

import dev.parley.socketio.Event;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;

/** The small application that protocol suites expect. */
final class Fixture {

    private Fixture() {}

    static void install(SocketServer server) {
        server.of("/").onConnect(socket -> {
            socket.emit("auth", socket.handshake().auth());
            socket.on("message", event -> echo(socket, event));
            socket.on(
                    "message-with-ack",
                    event -> event.acknowledgement().send(event.arguments().toArray()));
        });
        server.of("/custom")
                .onConnect(socket -> socket.emit("auth", socket.handshake().auth()));
    }

    private static void echo(Socket socket, Event event) {
        socket.emit("message-back", event.arguments().toArray());
    }
}
