package dev.parley.socketio.jakarta;

import dev.parley.socketio.SocketServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the {@link SocketEndpoint} beans of a deployment, checks them while it starts, and adds the {@link SocketServer} bean. */
public final class EndpointExtension implements Extension {

    private final Map<Bean<?>, AnnotatedType<?>> found = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final ServerLife life = new ServerLife();
    private List<Endpoint> endpoints = List.of();

    <X> void discover(@Observes ProcessManagedBean<X> event) {
        if (event.getAnnotatedBeanClass().isAnnotationPresent(SocketEndpoint.class)) {
            found.put(event.getBean(), event.getAnnotatedBeanClass());
        }
    }

    <X> void refuseSessionBean(@Observes ProcessSessionBean<X> event) {
        Class<?> type = event.getBean().getBeanClass();
        if (type.isAnnotationPresent(SocketEndpoint.class)) {
            problems.add(type.getName() + ": a @SocketEndpoint is a CDI bean, not an EJB; let it call the EJB");
        }
    }

    <X> void refuseStrayHandler(
            @Observes
                    @WithAnnotations({
                        OnEvent.class,
                        OnAny.class,
                        OnConnect.class,
                        OnDisconnecting.class,
                        OnDisconnect.class
                    })
                    ProcessAnnotatedType<X> event) {
        Class<X> type = event.getAnnotatedType().getJavaClass();
        if (!event.getAnnotatedType().isAnnotationPresent(SocketEndpoint.class)
                && !Modifier.isAbstract(type.getModifiers())) {
            problems.add(type.getName() + ": has handler methods but no @SocketEndpoint");
        }
    }

    void addServer(@Observes AfterBeanDiscovery event, BeanManager beans) {
        event.<SocketServer>addBean()
                .types(SocketServer.class)
                .scope(ApplicationScoped.class)
                .produceWith(instances -> life.begin(endpoints, beans))
                .disposeWith((server, instances) -> life.end());
    }

    void validate(@Observes AfterDeploymentValidation event, BeanManager beans) {
        try {
            endpoints = new EndpointReader(beans, problems).read(found);
        } catch (RuntimeException invalid) {
            event.addDeploymentProblem(invalid);
        }
    }

    /** Some containers end CDI before their listeners hear of it: endpoints are told while they are still there. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        if (!(application instanceof ServletContext) || life.isOf(application)) {
            life.end();
        }
    }

    ServerLife life() {
        return life;
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }
}
