package dev.parley.benchmarks;

import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** What every server of the benchmark does, by the programmatic API, as in the others. */
@WebListener
public class Work implements ServletContextListener {

    @Inject
    @SuppressWarnings("NullAway.Init")
    private SocketServer server;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        server.of("/").nonBlocking("msg", "echo").onConnect(this::connected);
    }

    private void connected(Socket socket) {
        socket.join("room");
        socket.on("msg", event -> server.to("room").emit("msg", event.argument(0)));
        socket.on("echo", event -> event.acknowledgement().send(event.argument(0)));
    }
}
