package dev.parley.socketio.testkit;

import io.undertow.Undertow;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EventListener;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A package of beans as a WAR on embedded Undertow with Weld, as any servlet container would deploy it: its classes found by scanning
 * {@code WEB-INF/classes} and loaded by a class loader of its own, the library in a parent. Needs {@code weld-servlet-core}.
 *
 * <pre>{@code
 * WebApplication.ofPackage("shop.chat").listener(SocketApplication.class).start()
 * }</pre>
 */
public final class WebApplication implements AutoCloseable {

    private final Path root;
    private final WarLoader loader;
    private final DeploymentManager deployment;
    private final Undertow undertow;

    private WebApplication(Builder builder) throws IOException, ServletException, URISyntaxException {
        root = Files.createTempDirectory("socketio-war");
        loader = pack(builder.name);
        deployment = Servlets.newContainer().addDeployment(describe(builder));
        try {
            deployment.deploy();
            undertow = Undertow.builder()
                    .addHttpListener(builder.port, "127.0.0.1")
                    .setHandler(deployment.start())
                    .build();
            undertow.start();
        } catch (ServletException | RuntimeException broken) {
            loader.close();
            delete(root);
            throw broken;
        }
    }

    /** @param name of a package in a directory of the class path, without its subpackages */
    public static Builder ofPackage(String name) {
        return new Builder(name);
    }

    /** The root of the server that it is deployed on; its context path comes behind. */
    public URI uri() {
        return EmbeddedServer.uri(undertow);
    }

    /** Undeploys the application; the HTTP server goes on. */
    public void undeploy() {
        if (deployment.getState() == DeploymentManager.State.UNDEPLOYED) {
            return;
        }
        try {
            deployment.stop();
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        } finally {
            deployment.undeploy();
        }
    }

    @Override
    public void close() {
        try {
            undeploy();
        } finally {
            undertow.stop();
        }
        try {
            loader.close();
            delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WarLoader pack(String name) throws IOException, URISyntaxException {
        var here = Thread.currentThread().getContextClassLoader().getResource(name.replace('.', '/'));
        if (here == null || !here.getProtocol().equals("file")) {
            throw new IllegalArgumentException("package " + name + " is in no directory of the class path");
        }
        var classes = root.resolve("WEB-INF/classes");
        var target = Files.createDirectories(classes.resolve(name.replace('.', '/')));
        try (var files = Files.list(Path.of(here.toURI()))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName().toString()));
            }
        }
        Files.writeString(
                classes.resolveSibling("beans.xml"),
                "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"annotated\"/>");
        return new WarLoader(classes, name + ".");
    }

    private DeploymentInfo describe(Builder builder) throws IOException {
        var info = Servlets.deployment()
                .setDeploymentName("test.war")
                .setContextPath(builder.contextPath)
                .setClassLoader(loader)
                .setResourceManager(new PathResourceManager(root))
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo());
        var types = new ArrayList<>(loader.types());
        types.addAll(builder.more);
        for (var provider :
                ServiceLoader.load(ServletContainerInitializer.class).stream().toList()) {
            info.addServletContainerInitializer(
                    new ServletContainerInitializerInfo(provider.type(), handled(provider.type(), types)));
        }
        builder.listeners.forEach(listener -> info.addListener(Servlets.listener(listener)));
        return info;
    }

    /** What a container's annotation scan finds for an initializer. */
    private static Set<Class<?>> handled(Class<?> initializer, List<Class<?>> types) {
        var handles = initializer.getAnnotation(HandlesTypes.class);
        if (handles == null) {
            return Set.of();
        }
        var found = new LinkedHashSet<Class<?>>();
        for (var wanted : handles.value()) {
            types.stream().filter(type -> isOf(type, wanted)).forEach(found::add);
        }
        return found;
    }

    private static boolean isOf(Class<?> type, Class<?> wanted) {
        return wanted.isAnnotation()
                ? Arrays.stream(type.getAnnotations())
                        .map(Annotation::annotationType)
                        .anyMatch(wanted::equals)
                : wanted.isAssignableFrom(type);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What is to be deployed, and how. */
    public static final class Builder {

        private final String name;
        private final List<Class<? extends EventListener>> listeners = new ArrayList<>();
        private final List<Class<?>> more = new ArrayList<>();
        private final Map<String, String> settings = new LinkedHashMap<>();
        private String contextPath = "/";
        private int port;

        private Builder(String name) {
            this.name = name;
        }

        /** A listener that a container would find by its {@code @WebListener}: of this library, {@code SocketApplication}. */
        public Builder listener(Class<? extends EventListener> type) {
            listeners.add(type);
            return this;
        }

        /** Classes of other packages that the container's annotation scan finds. */
        public Builder scanned(Class<?>... types) {
            more.addAll(List.of(types));
            return this;
        }

        /** A system property while the application starts: {@code socketio.ping-interval}. */
        public Builder setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /** Configures the application as MicroProfile Config would: keys with their prefix, and their values. */
        public Builder settings(Map<String, String> all) {
            settings.putAll(all);
            return this;
        }

        /** Where it is deployed, the root unless told; begins with a slash. */
        public Builder contextPath(String path) {
            contextPath = path;
            return this;
        }

        /** Of 127.0.0.1; any free one without this. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** @throws IllegalStateException when the deployment fails, its cause says why */
        public WebApplication start() {
            var before = new LinkedHashMap<String, @Nullable String>();
            settings.forEach((key, value) -> before.put(key, System.setProperty(key, value)));
            try {
                return new WebApplication(this);
            } catch (ServletException | IOException | URISyntaxException | RuntimeException broken) {
                throw new IllegalStateException("the application was not deployed: " + broken.getMessage(), broken);
            } finally {
                before.forEach((key, value) -> {
                    if (value == null) {
                        System.clearProperty(key);
                    } else {
                        System.setProperty(key, value);
                    }
                });
            }
        }
    }

    /** Loads the application's classes itself, as the class loader of a WAR does, and all others from the parent. */
    private static final class WarLoader extends URLClassLoader {

        private final Path classes;
        private final String own;

        WarLoader(Path classes, String own) throws IOException {
            super(
                    "war",
                    new URL[] {classes.toUri().toURL()},
                    Thread.currentThread().getContextClassLoader());
            this.classes = classes;
            this.own = own;
        }

        List<Class<?>> types() throws IOException {
            try (var files = Files.list(classes.resolve(own.replace('.', '/')))) {
                var types = new ArrayList<Class<?>>();
                for (var file : files.map(path -> path.getFileName().toString())
                        .sorted()
                        .toList()) {
                    if (file.endsWith(".class") && !file.startsWith("package-info")) {
                        types.add(loadClass(own + file.substring(0, file.length() - ".class".length())));
                    }
                }
                return types;
            } catch (ClassNotFoundException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(own)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
