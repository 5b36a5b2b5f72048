package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.EngineOptions;
import dev.parley.socketio.SocketServer;
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
        try (var embedded = new EmbeddedServer(
                server.engine(), new DoorOptions("/socket.io/", Set.of("*")), Integer.parseInt(arguments[0]))) {
            System.out.println("listening on " + embedded.port());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
