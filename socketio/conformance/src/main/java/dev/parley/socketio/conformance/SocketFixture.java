package dev.parley.socketio.conformance;

import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.SocketOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.ServletContext;

/**
 * The Socket.IO fixture, at {@code /socket.io/}: namespaces {@code /} and {@code /custom} say {@code auth} with the CONNECT payload;
 * {@code /} sends {@code message} back as {@code message-back} and acknowledges {@code message-with-ack} with its arguments.
 */
@ApplicationScoped
public class SocketFixture {

    @Produces
    static SocketOptions options() {
        return new SocketOptions(Fixtures.impatient().build(), Fixtures.CONNECT_TIMEOUT, Fixtures.door("/socket.io/"));
    }

    void install(@Observes @Initialized(ApplicationScoped.class) ServletContext context, SocketServer server) {
        Fixtures.install(server);
    }
}
