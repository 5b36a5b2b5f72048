package dev.parley.socketio.jakarta;

import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Learns of all endpoint classes of the web application, beans or not: one that CDI did not find would be silently deaf. */
@HandlesTypes(SocketEndpoint.class)
public final class EndpointScan implements ServletContainerInitializer {

    private static final String ATTRIBUTE = EndpointScan.class.getName();

    @Override
    public void onStartup(@Nullable Set<Class<?>> found, ServletContext context) {
        context.setAttribute(ATTRIBUTE, found == null ? Set.of() : Set.copyOf(found));
    }

    /** @throws DeploymentException naming the classes that are no beans */
    static void check(ServletContext context, Collection<Endpoint> endpoints) {
        if (!(context.getAttribute(ATTRIBUTE) instanceof Set<?> found)) {
            return; // a container that does not scan
        }
        List<String> deaf = found.stream()
                .map(type -> (Class<?>) type)
                .filter(type -> type.isAnnotationPresent(SocketEndpoint.class)
                        && !type.isAnnotationPresent(Vetoed.class)
                        && !Modifier.isAbstract(type.getModifiers()))
                .filter(type -> endpoints.stream().noneMatch(endpoint -> endpoint.beanClass() == type))
                .map(Class::getName)
                .sorted()
                .toList();
        if (!deaf.isEmpty()) {
            throw new DeploymentException("Socket endpoints that are no CDI beans: " + String.join(", ", deaf)
                    + "; give them a scope such as @ApplicationScoped");
        }
    }
}
