package dev.parley.socketio.conformance;

import dev.parley.socketio.SocketServer;
import dev.parley.socketio.SocketServerBuilder;
import dev.parley.socketio.adapter.Recovery;

/** A server at {@code /recovery/} whose clients may come back: all are in one room and can speak to it. */
final class Recovering {

    private Recovering() {}

    static void configure(SocketServerBuilder builder) {
        builder.connectionStateRecovery(Recovery.DEFAULTS);
    }

    static void install(SocketServer server) {
        server.of("/").onConnect(socket -> {
            socket.join("room");
            socket.on(
                    "say",
                    event -> server.of("/")
                            .to("room")
                            .emit("said", event.arguments().toArray()));
            socket.on("ask", event -> {
                var unused = socket.emitWithAck("question", event.arguments().toArray());
            });
            socket.on(
                    "hint",
                    event -> socket.whenWritable()
                            .emit("hinted", event.arguments().toArray()));
            socket.on(
                    "echo",
                    event -> event.acknowledgement().send(event.arguments().toArray()));
            socket.on("leave", event -> socket.disconnect(false));
        });
    }
}
