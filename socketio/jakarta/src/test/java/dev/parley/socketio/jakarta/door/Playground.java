package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.EngineOptions;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.testkit.EmbeddedServer;
import java.time.Duration;
import java.util.Set;

/** A server with the usual fixture of conformance suites, for trying clients by hand: {@code Playground <port>}. */
final class Playground {

    private Playground() {}

    public static void main(String[] arguments) throws Exception {
        var threads = ContainerThreads.find();
        var options = EngineOptions.builder()
                .pingInterval(Duration.ofMillis(Long.getLong("pingInterval", 300)))
                .pingTimeout(Duration.ofMillis(Long.getLong("pingTimeout", 200)));
        var server = SocketServer.builder(threads.executor(), threads.timer())
                .engine(options.build())
                .connectTimeout(Duration.ofMillis(1500))
                .build();
        Fixture.install(server);
        var door = new DoorOptions("/socket.io/", Set.of("*"));
        try (var embedded = new EmbeddedServer(
                Integer.parseInt(arguments[0]), context -> SocketDoor.mount(context, server.engine(), door))) {
            System.out.println("listening on " + embedded.port());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
