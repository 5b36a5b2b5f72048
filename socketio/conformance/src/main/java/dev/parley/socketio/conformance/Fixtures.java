package dev.parley.socketio.conformance;

import dev.parley.engineio.Cors;
import dev.parley.engineio.EngineOptions;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.door.DoorOptions;
import java.time.Duration;
import java.util.Set;

/** What the mounts have in common. All are open to pages of any origin, since suites also run in browsers. */
final class Fixtures {

    /** Three heartbeats take 900 ms, in which a suite may not have joined a namespace. */
    static final Duration CONNECT_TIMEOUT = Duration.ofMillis(1500);

    private Fixtures() {}

    /** With the impatient timers that suites expect. */
    static EngineOptions.Builder impatient() {
        return patient().pingInterval(Duration.ofMillis(300)).pingTimeout(Duration.ofMillis(200));
    }

    /** With the default timers, for what has nothing to do with time. */
    static EngineOptions.Builder patient() {
        return EngineOptions.builder().cors(new Cors(Set.of("*"), false));
    }

    /** Below {@code /standard/} WebSockets go through the Jakarta API, elsewhere the fastest way there is. */
    static DoorOptions door(String path) {
        return new DoorOptions(path, Set.of("*"), false, path.startsWith("/standard/"));
    }

    /** The small application that Socket.IO suites expect. */
    static void install(SocketServer server) {
        server.of("/").onConnect(socket -> {
            socket.emit("auth", socket.handshake().auth());
            socket.on(
                    "message",
                    event -> socket.emit("message-back", event.arguments().toArray()));
            socket.on(
                    "message-with-ack",
                    event -> event.acknowledgement().send(event.arguments().toArray()));
        });
        server.of("/custom")
                .onConnect(socket -> socket.emit("auth", socket.handshake().auth()));
    }
}
