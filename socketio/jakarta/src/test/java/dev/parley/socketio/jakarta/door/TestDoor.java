package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Engine;
import dev.parley.engineio.EngineOptions;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.testkit.EmbeddedServer;
import dev.parley.socketio.testkit.Peer;
import java.time.Duration;
import java.util.function.Consumer;

/** A Socket.IO server with the fixture, behind a door on an embedded Undertow. */
final class TestDoor implements AutoCloseable {

    private final ContainerThreads threads = ContainerThreads.find();
    private final SocketServer server;
    private final EmbeddedServer embedded;
    private final Peer peer;

    TestDoor(Consumer<EngineOptions.Builder> options) {
        this(options, DoorOptions.defaults());
    }

    TestDoor(Consumer<EngineOptions.Builder> options, DoorOptions door) {
        var engine = EngineOptions.builder();
        options.accept(engine);
        server = SocketServer.builder(threads.executor(), threads.timer())
                .engine(engine.build())
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        Fixture.install(server);
        embedded = new EmbeddedServer(context -> SocketDoor.mount(context, server.engine(), door));
        peer = new Peer(embedded.port(), door.path());
    }

    SocketServer server() {
        return server;
    }

    Engine engine() {
        return server.engine();
    }

    Peer peer() {
        return peer;
    }

    int port() {
        return embedded.port();
    }

    @Override
    public void close() {
        peer.close();
        server.close();
        embedded.close();
        threads.close();
    }
}
