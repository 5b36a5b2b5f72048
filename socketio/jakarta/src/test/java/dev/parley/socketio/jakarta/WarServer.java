package dev.parley.socketio.jakarta;

import io.undertow.Undertow;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.weld.environment.servlet.EnhancedListener;

/**
 * The sample application as a WAR on embedded Undertow with Weld: found by scanning {@code WEB-INF/classes}, loaded by a class loader
 * of its own, the library in a parent.
 */
final class WarServer implements AutoCloseable {

    private static final String SAMPLE = "dev/parley/socketio/sample";

    private final Path root;
    private final WarLoader loader;
    private final DeploymentManager deployment;
    private final Undertow undertow;

    /**
     * @param settings {@code socketio.*} without the prefix
     * @param scanned what the container's annotation scan finds
     */
    WarServer(Map<String, String> settings, Class<?>... scanned)
            throws ServletException, IOException, URISyntaxException {
        settings.forEach((name, value) -> System.setProperty(Settings.PREFIX + name, value));
        try {
            root = Files.createTempDirectory("parley-war");
            Path classes = root.resolve("WEB-INF/classes");
            pack(classes);
            loader = new WarLoader(classes);
            deployment = Servlets.newContainer().addDeployment(describe(Set.of(scanned)));
            deployment.deploy();
            undertow = Undertow.builder()
                    .addHttpListener(0, "127.0.0.1")
                    .setHandler(deployment.start())
                    .build();
            undertow.start();
        } finally {
            settings.keySet().forEach(name -> System.clearProperty(Settings.PREFIX + name));
        }
    }

    URI uri() {
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    /** Undeploys the application; the HTTP server goes on. */
    void undeploy() throws ServletException {
        deployment.stop();
        deployment.undeploy();
    }

    @Override
    public void close() throws ServletException, IOException {
        if (deployment.getState() != DeploymentManager.State.UNDEPLOYED) {
            undeploy();
        }
        undertow.stop();
        loader.close();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private DeploymentInfo describe(Set<Class<?>> scanned) {
        return Servlets.deployment()
                .setDeploymentName("sample.war")
                .setContextPath("/")
                .setClassLoader(loader)
                .setResourceManager(new PathResourceManager(root))
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo())
                .addServletContainerInitializer(new ServletContainerInitializerInfo(EnhancedListener.class, Set.of()))
                .addServletContainerInitializer(new ServletContainerInitializerInfo(EndpointScan.class, scanned))
                .addListener(Servlets.listener(SocketApplication.class));
    }

    private static void pack(Path classes) throws IOException, URISyntaxException {
        Path source = Path.of(WarServer.class.getResource("/" + SAMPLE).toURI());
        Path target = Files.createDirectories(classes.resolve(SAMPLE));
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName().toString()));
            }
        }
        Files.writeString(
                Files.createDirectories(classes.getParent()).resolve("beans.xml"),
                "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"annotated\"/>");
    }

    /** Loads the application's classes itself, as the class loader of a WAR does, and all others from the parent. */
    private static final class WarLoader extends URLClassLoader {

        private static final List<String> OWN = List.of("dev.parley.socketio.sample.");

        WarLoader(Path classes) throws IOException {
            super("war", new URL[] {classes.toUri().toURL()}, WarServer.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (OWN.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
