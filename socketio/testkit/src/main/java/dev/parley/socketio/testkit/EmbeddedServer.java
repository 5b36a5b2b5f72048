package dev.parley.socketio.testkit;

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
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * An Undertow on loopback with nothing in it but what the test mounts:
 *
 * <pre>{@code
 * new EmbeddedServer(context -> SocketDoor.mount(context, server.engine(), DoorOptions.defaults()))
 * }</pre>
 */
public final class EmbeddedServer implements AutoCloseable {

    private final Undertow undertow;
    private final DeploymentManager deployment;

    /** On any free port. */
    public EmbeddedServer(Consumer<ServletContext> mount) {
        this(0, mount);
    }

    /** @param port of 127.0.0.1 */
    public EmbeddedServer(int port, Consumer<ServletContext> mount) {
        this(Undertow.builder().addHttpListener(port, "127.0.0.1"), mount);
    }

    /** With TLS on any free port. */
    public EmbeddedServer(SSLContext tls, Consumer<ServletContext> mount) {
        this(Undertow.builder().addHttpsListener(0, "127.0.0.1", tls), mount);
    }

    /**
     * With an Undertow of one's own making.
     *
     * @param listening adds a listener of 127.0.0.1, and whatever else the test needs of the server
     */
    public EmbeddedServer(Consumer<Undertow.Builder> listening, Consumer<ServletContext> mount) {
        this(made(listening), mount);
    }

    private static Undertow.Builder made(Consumer<Undertow.Builder> listening) {
        var builder = Undertow.builder();
        listening.accept(builder);
        return builder;
    }

    private EmbeddedServer(Undertow.Builder listening, Consumer<ServletContext> mount) {
        deployment = Servlets.newContainer().addDeployment(application(mount));
        deployment.deploy();
        undertow = listening.setHandler(start(deployment)).build();
        undertow.start();
    }

    private static DeploymentInfo application(Consumer<ServletContext> mount) {
        InstanceFactory<Mount> listener = () -> new ImmediateInstanceHandle<>(new Mount(mount));
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

    static URI uri(Undertow undertow) {
        var listener = undertow.getListenerInfo().getFirst();
        return URI.create(
                listener.getProtcol() + "://127.0.0.1:" + ((InetSocketAddress) listener.getAddress()).getPort());
    }

    /** Where it listens: {@code http://127.0.0.1:<port>}. */
    public URI uri() {
        return uri(undertow);
    }

    /** The port it listens on, chosen when it started. */
    public int port() {
        return uri().getPort();
    }

    /** Ends the application, then the server. */
    @Override
    public void close() {
        try {
            deployment.stop();
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        } finally {
            deployment.undeploy();
            undertow.stop();
        }
    }

    private record Mount(Consumer<ServletContext> mount) implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            mount.accept(event.getServletContext());
        }
    }
}
