package dev.parley.socketio.testkit;

import dev.parley.socketio.SocketServer;
import dev.parley.socketio.SocketServerBuilder;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * An application's beans in a CDI container of their own, their {@code @SocketEndpoint}s attached to a {@link TestServer}. Needs
 * {@code parley-socketio-jakarta} and a CDI SE container ({@code org.jboss.weld.se:weld-se-core}) on the class path.
 */
public final class TestApplication implements AutoCloseable {

    private final SeContainer container;
    private final TestServer server;

    private TestApplication(List<Extension> extensions, Class<?>... beans) {
        var taming = new Taming();
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(ServiceLoader.load(Extension.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toArray(Extension[]::new))
                .addExtensions(extensions.toArray(Extension[]::new))
                .addExtensions(taming)
                .addBeanClasses(beans)
                .initialize();
        try {
            var real = container.select(SocketServer.class).get();
            real.of("/"); // the bean is a proxy: now it is there
            server = TestServer.of(Objects.requireNonNull(taming.time, "nobody built a server"), real);
        } catch (RuntimeException broken) {
            container.close();
            throw broken;
        }
    }

    /**
     * @param beans the classes of endpoints and of whatever they inject, interceptors and {@code Authenticator} included
     * @throws RuntimeException what would fail the deployment, naming class, method and parameter
     */
    public static TestApplication of(Class<?>... beans) {
        return new TestApplication(List.of(), beans);
    }

    /** With more CDI extensions than those that the class path announces. */
    public static TestApplication of(List<Extension> extensions, Class<?>... beans) {
        return new TestApplication(extensions, beans);
    }

    /** The server with the handlers, without a network. */
    public TestServer server() {
        return server;
    }

    /** A bean of the application. */
    public <T> T bean(Class<T> type) {
        return container.select(type).get();
    }

    /** Disconnects everybody, while the beans still hear of it; idempotent. */
    @Override
    public void close() {
        if (container.isRunning()) {
            container.close();
        }
    }

    /** Changes the server that is about to be built into one without threads. */
    private static final class Taming implements Extension {

        private @Nullable ManualTime time;

        @SuppressWarnings("unused") // CDI calls it
        void tame(@Observes SocketServerBuilder builder) {
            time = TestServer.tame(builder);
        }
    }
}
