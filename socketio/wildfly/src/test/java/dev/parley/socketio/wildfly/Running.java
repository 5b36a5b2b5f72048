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
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An Undertow with nothing but a door. */
final class Running implements AutoCloseable {

    private final Undertow undertow;

    Running(SocketServer server, boolean standard) throws ServletException {
        this(server, standard, null);
    }

    Running(SocketServer server, boolean standard, @Nullable SSLContext tls) throws ServletException {
        var deployment = Servlets.defaultContainer()
                .addDeployment(new DeploymentInfo()
                        .setClassLoader(Running.class.getClassLoader())
                        .setDeploymentName("door")
                        .setContextPath("/")
                        .addServletContextAttribute(
                                WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                                new WebSocketDeploymentInfo().setBuffers(new DefaultByteBufferPool(false, 8192)))
                        .addListener(new ListenerInfo(
                                Mount.class, () -> new ImmediateInstanceHandle<>(new Mount(server, standard)))));
        deployment.deploy();
        var builder = Undertow.builder().setHandler(deployment.start());
        undertow = (tls == null
                        ? builder.addHttpListener(0, "127.0.0.1")
                        : builder.addHttpsListener(0, "127.0.0.1", tls))
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

    private record Mount(SocketServer server, boolean standard) implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            SocketDoor.mount(
                    event.getServletContext(),
                    server.engine(),
                    new DoorOptions("/socket.io/", Set.of(), false, standard));
        }
    }
}
