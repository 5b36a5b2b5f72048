package dev.parley.benchmarks;

import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.List;

/** What every server of the benchmark does, by the programmatic API, as in the others. */
@WebListener
public class Work implements ServletContextListener {

    @Inject
    @SuppressWarnings("NullAway.Init")
    private SocketServer server;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        server.of("/").nonBlocking("msg", "echo", "binary msg", "binary echo").onConnect(this::connected);
    }

    private void connected(Socket socket) {
        socket.join("room");
        for (var prefix : List.of("", "binary ")) { // as for netty-socketio, which wants another name for what is binary
            var name = prefix + "msg";
            socket.on(name, event -> server.to("room").emit(name, event.argument(0)));
            socket.on(prefix + "echo", event -> event.acknowledgement().send(event.argument(0)));
        }
    }
}
