package example.plain;

import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.door.ContainerThreads;
import dev.parley.socketio.jakarta.door.DoorOptions;
import dev.parley.socketio.jakarta.door.SocketDoor;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;

/** A Socket.IO server in a plain Java process. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws ServletException {
        start(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8080);
    }

    /** @param port of 127.0.0.1, 0 for any */
    public static Undertow start(int port) throws ServletException {
        ContainerThreads threads = ContainerThreads.find();
        SocketServer server =
                SocketServer.builder(threads.executor(), threads.timer()).build();
        server.of("/").onConnect(socket -> {
            socket.emit("welcome", socket.id());
            socket.on("shout", event -> {
                server.emit("shouted", event.argument(0));
                event.acknowledgement().send("done");
            });
        });
        DeploymentManager deployment = Servlets.newContainer()
                .addDeployment(Servlets.deployment()
                        .setDeploymentName("plain")
                        .setContextPath("/")
                        .setClassLoader(Main.class.getClassLoader())
                        .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo())
                        .addListener(new ListenerInfo(Door.class, () -> new ImmediateInstanceHandle<>(new Door(server)))));
        deployment.deploy();
        Undertow undertow = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setHandler(deployment.start())
                .build();
        undertow.start();
        return undertow;
    }

    private record Door(SocketServer server) implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            SocketDoor.mount(event.getServletContext(), server.engine(), DoorOptions.defaults());
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            server.close();
        }
    }
}
