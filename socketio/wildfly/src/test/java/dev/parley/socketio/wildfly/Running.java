package dev.parley.socketio.wildfly;

import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.door.DoorOptions;
import dev.parley.socketio.jakarta.door.SocketDoor;
import io.undertow.Undertow;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;

/** An Undertow with nothing but a door. */
final class Running implements AutoCloseable {

    private final Undertow undertow;

    Running(SocketServer server) throws ServletException {
        var deployment = Servlets.defaultContainer()
                .addDeployment(new DeploymentInfo()
                        .setClassLoader(Running.class.getClassLoader())
                        .setDeploymentName("door")
                        .setContextPath("/")
                        .addServletContextAttribute(
                                WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                                new WebSocketDeploymentInfo().setBuffers(new DefaultByteBufferPool(false, 8192)))
                        .addListener(
                                new ListenerInfo(Mount.class, () -> new ImmediateInstanceHandle<>(new Mount(server)))));
        deployment.deploy();
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(deployment.start())
                .build();
        undertow.start();
    }

    int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        undertow.stop();
    }

    private record Mount(SocketServer server) implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            SocketDoor.mount(event.getServletContext(), server.engine(), DoorOptions.defaults());
        }
    }
}
