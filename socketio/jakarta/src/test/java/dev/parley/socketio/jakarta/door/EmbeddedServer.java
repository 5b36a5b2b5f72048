package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Engine;
import io.undertow.Undertow;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;

/** An Undertow with nothing but a door. */
final class EmbeddedServer implements AutoCloseable {

    private final Undertow undertow;
    private final DeploymentManager deployment;

    EmbeddedServer(Engine engine, DoorOptions options) {
        this(engine, options, 0);
    }

    EmbeddedServer(Engine engine, DoorOptions options, int port) {
        deployment = Servlets.defaultContainer().addDeployment(application(engine, options));
        deployment.deploy();
        undertow = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setHandler(start(deployment))
                .build();
        undertow.start();
    }

    private static DeploymentInfo application(Engine engine, DoorOptions options) {
        InstanceFactory<Mount> listener = () -> new ImmediateInstanceHandle<>(new Mount(engine, options));
        return new DeploymentInfo()
                .setClassLoader(EmbeddedServer.class.getClassLoader())
                .setDeploymentName("door")
                .setContextPath("/")
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                        new WebSocketDeploymentInfo()
                                .setBuffers(new DefaultByteBufferPool(false, 8192))
                                .addExtension(new PerMessageDeflateHandshake()))
                .addListener(new ListenerInfo(Mount.class, listener));
    }

    private static HttpHandler start(DeploymentManager deployment) {
        try {
            return deployment.start();
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        var address = undertow.getListenerInfo().get(0).getAddress();
        return ((InetSocketAddress) address).getPort();
    }

    @Override
    public void close() throws ServletException {
        deployment.stop();
        deployment.undeploy();
        undertow.stop();
    }

    private record Mount(Engine engine, DoorOptions options) implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            SocketDoor.mount(event.getServletContext(), engine, options);
        }
    }
}
