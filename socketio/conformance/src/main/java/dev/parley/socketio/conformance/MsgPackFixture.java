package dev.parley.socketio.conformance;

import dev.parley.socketio.SocketServer;

/** The usual fixture at {@code /msgpack/}, in MessagePack, and two events more. */
final class MsgPackFixture {

    private MsgPackFixture() {}

    static void install(SocketServer server) {
        Fixtures.install(server);
        server.of("/bytes").onConnect(socket -> {
            socket.on("hello", event -> socket.emit("hello", event.arguments().toArray()));
            socket.on("leave", event -> socket.disconnect(false));
        });
    }
}
