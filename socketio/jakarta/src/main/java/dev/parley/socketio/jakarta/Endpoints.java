package dev.parley.socketio.jakarta;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.socketio.ConnectionMiddleware;
import dev.parley.socketio.NamespacePredicate;
import dev.parley.socketio.SocketServer;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The endpoints of a running application: contextual references, bound handlers, and their namespaces. */
final class Endpoints {

    private final SocketServer server;
    private final BeanManager beans;
    private final CreationalContext<?> context;
    private final Optional<Authenticator<?>> authenticator;
    private final Map<String, EndpointNamespace> namespaces = new TreeMap<>();

    private Endpoints(SocketServer server, BeanManager beans) {
        this.server = server;
        this.beans = beans;
        this.context = beans.createCreationalContext(null);
        this.authenticator = EndpointReader.authenticator(beans)
                .map(bean -> (Authenticator<?>) beans.getReference(bean, EndpointReader.AUTHENTICATOR, context));
    }

    /** @throws DeploymentException when Jackson cannot read a parameter's type, or a method cannot be called */
    static Endpoints of(List<Endpoint> endpoints, SocketServer server, BeanManager beans) {
        Endpoints bound = new Endpoints(server, beans);
        Arguments arguments = new Arguments(mapper(beans), server);
        Map<String, List<Handler>> handlers = new TreeMap<>();
        if (bound.authenticator.isPresent()) {
            handlers.put("/", new ArrayList<>()); // this namespace is always there: not even it is open to strangers
        }
        endpoints.stream()
                .sorted(order())
                .forEach(endpoint -> handlers.computeIfAbsent(endpoint.namespace(), name -> new ArrayList<>())
                        .addAll(bound.handlers(endpoint, arguments)));
        handlers.forEach((namespace, list) -> bound.namespaces.put(namespace, bound.namespace(namespace, list)));
        return bound;
    }

    void attach() {
        namespaces.forEach((name, handlers) -> {
            NamespacePattern pattern = NamespacePattern.of(name);
            handlers.attach(
                    pattern.isDynamic()
                            ? server.of((NamespacePredicate) (wanted, auth) -> pattern.matches(wanted))
                            : server.of(name));
        });
    }

    /** Ends dependent endpoints. */
    void release() {
        context.release();
    }

    /** The application's mapper, or a plain one. */
    static ObjectMapper mapper(BeanManager beans) {
        Bean<?> bean = beans.resolve(beans.getBeans(ObjectMapper.class));
        return bean == null
                ? JsonMapper.builder().findAndAddModules().build()
                : (ObjectMapper) beans.getReference(bean, ObjectMapper.class, beans.createCreationalContext(bean));
    }

    private static Comparator<Endpoint> order() {
        return Comparator.comparing(Endpoint::beanClass, Placed.order());
    }

    private List<Handler> handlers(Endpoint endpoint, Arguments arguments) {
        Object reference = beans.getReference(endpoint.bean(), endpoint.beanClass(), context);
        return endpoint.signatures().stream()
                .sorted(Comparator.comparing(signature -> signature.method().getName()))
                .map(signature -> handler(endpoint, signature, reference, arguments))
                .toList();
    }

    private static Handler handler(Endpoint endpoint, Signature signature, Object reference, Arguments arguments) {
        String where = endpoint.beanClass().getName() + "." + signature.method().getName();
        int modifiers = signature.method().getModifiers();
        if (!Modifier.isPublic(modifiers) && !Modifier.isProtected(modifiers) && !samePackage(signature, reference)) {
            throw new DeploymentException(where + ": make it public; this container's proxy is of another package");
        }
        try {
            List<Argument> values = signature.parameters().stream()
                    .map(parameter -> arguments.of(endpoint.beanClass(), signature, parameter))
                    .toList();
            return new Handler(signature, reference, values);
        } catch (IllegalStateException unusable) {
            throw new DeploymentException(where + ": " + unusable.getMessage(), unusable);
        }
    }

    /** A package-private method is overridden, and thereby intercepted, only by a proxy of the same package and class loader. */
    private static boolean samePackage(Signature signature, Object reference) {
        Class<?> declaring = signature.method().getDeclaringClass();
        return declaring.getPackageName().equals(reference.getClass().getPackageName())
                && declaring.getClassLoader() == reference.getClass().getClassLoader();
    }

    private EndpointNamespace namespace(String name, List<Handler> handlers) {
        List<Handler> connects = new ArrayList<>();
        Map<String, Handler> events = new HashMap<>();
        List<Handler> anything = new ArrayList<>();
        List<Handler> leavings = new ArrayList<>();
        List<Handler> departures = new ArrayList<>();
        for (Handler handler : handlers) {
            switch (handler.signature().trigger()) {
                case Trigger.Connect connect -> connects.add(handler);
                case Trigger.Arrival arrival -> events.put(arrival.event(), handler);
                case Trigger.Anything any -> anything.add(handler);
                case Trigger.Leaving leaving -> leavings.add(handler);
                case Trigger.Departure departure -> departures.add(handler);
            }
        }
        return new EndpointNamespace(
                new EndpointNamespace.Handlers(connects, anything, events, leavings, departures),
                new EndpointNamespace.Gates(
                        authenticator.orElse(null),
                        Placed.of(ConnectionMiddleware.class, name, beans, context),
                        Placed.of(EventFilter.class, name, beans, context)),
                replies(),
                new RequestScope(beans)::run);
    }

    private Replies replies() {
        @Nullable Bean<?> bean = beans.resolve(beans.getBeans(Replies.class));
        return bean == null ? new PlainReplies() : (Replies) beans.getReference(bean, Replies.class, context);
    }
}
