package dev.parley.socketio.robustness;

import dev.parley.engineio.EngineOptions;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.SocketServerBuilder;
import dev.parley.socketio.Traces;
import dev.parley.socketio.jakarta.door.DoorOptions;
import dev.parley.socketio.jakarta.door.SocketDoor;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** A server on an embedded Undertow, to be attacked. */
final class Target implements AutoCloseable {

    /** That run servlets and read WebSockets. */
    static final int THREADS = 4;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final CountingPool buffers = new CountingPool();
    private final Traces traces;
    private final DeploymentManager deployment;
    private final Undertow undertow;

    Target(Consumer<EngineOptions.Builder> engine, Consumer<SocketServerBuilder> options) {
        var limits = EngineOptions.builder();
        engine.accept(limits);
        var builder = SocketServer.builder(executor, timer).engine(limits.build());
        options.accept(builder);
        traces = new Traces(executor, timer, builder);
        deployment = Servlets.newContainer().addDeployment(application());
        deployment.deploy();
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setByteBufferPool(buffers)
                .setWorkerThreads(THREADS)
                .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
                .setHandler(start())
                .build();
        undertow.start();
    }

    private DeploymentInfo application() {
        InstanceFactory<Mount> listener = () -> new ImmediateInstanceHandle<>(new Mount(server()));
        return new DeploymentInfo()
                .setClassLoader(Target.class.getClassLoader())
                .setDeploymentName("target")
                .setContextPath("/")
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo().setBuffers(buffers))
                .addListener(new ListenerInfo(Mount.class, listener));
    }

    private HttpHandler start() {
        try {
            return deployment.start();
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }

    SocketServer server() {
        return traces.server();
    }

    Traces traces() {
        return traces;
    }

    CountingPool buffers() {
        return buffers;
    }

    /** TCP connections that are open. */
    long connections() {
        return undertow.getListenerInfo().get(0).getConnectorStatistics().getActiveConnections();
    }

    int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        server().close();
        undertow.stop();
        executor.shutdownNow();
        timer.shutdownNow();
    }

    private record Mount(SocketServer server) implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            SocketDoor.mount(event.getServletContext(), server.engine(), DoorOptions.defaults());
        }
    }
}
