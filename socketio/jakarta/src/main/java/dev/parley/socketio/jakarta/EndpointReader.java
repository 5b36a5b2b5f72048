package dev.parley.socketio.jakarta;

import dev.parley.socketio.ConnectionMiddleware;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads all endpoints of a deployment, or fails it with everything that is wrong. */
final class EndpointReader {

    /** Of any identity. */
    static final Type AUTHENTICATOR = new TypeLiteral<Authenticator<?>>() {}.getType();

    private final BeanManager beans;
    private final List<String> problems;

    /** @param problems found so far */
    EndpointReader(BeanManager beans, List<String> problems) {
        this.beans = beans;
        this.problems = new ArrayList<>(problems);
    }

    /** @throws DeploymentException naming class, method and parameter of each problem */
    List<Endpoint> read(Map<Bean<?>, AnnotatedType<?>> found) {
        SignatureReader reader = new SignatureReader(identity(), problems);
        List<Endpoint> endpoints = new ArrayList<>();
        found.forEach((bean, type) -> {
            NamespacePattern pattern;
            try {
                pattern = NamespacePattern.of(
                        type.getAnnotation(SocketEndpoint.class).value());
            } catch (IllegalArgumentException wrong) {
                problems.add(bean.getBeanClass().getName() + ": " + wrong.getMessage());
                return;
            }
            List<Signature> signatures = type.getMethods().stream()
                    .flatMap(method -> reader.read(bean.getBeanClass(), pattern, method).stream())
                    .toList();
            endpoints.add(new Endpoint(bean, pattern, signatures));
        });
        checkDuplicates(endpoints);
        checkThreads(endpoints);
        checkPlaces(endpoints);
        if (!problems.isEmpty()) {
            throw new DeploymentException("Socket endpoints: " + String.join("; ", problems));
        }
        return endpoints;
    }

    /** The deployment's authenticator. */
    static Optional<Bean<?>> authenticator(BeanManager beans) {
        return Optional.ofNullable(beans.resolve(beans.getBeans(AUTHENTICATOR)));
    }

    private @Nullable Class<?> identity() {
        Optional<Bean<?>> authenticator;
        try {
            authenticator = authenticator(beans);
        } catch (AmbiguousResolutionException several) {
            problems.add("one Authenticator bean at most: " + several.getMessage());
            return null;
        }
        if (authenticator.isEmpty()) {
            return null;
        }
        Optional<Class<?>> identity = authenticator.get().getTypes().stream()
                .filter(type ->
                        type instanceof ParameterizedType generic && generic.getRawType() == Authenticator.class)
                .map(type -> ((ParameterizedType) type).getActualTypeArguments()[0])
                .<Class<?>>mapMulti((type, classes) -> {
                    if (type instanceof Class<?> known) {
                        classes.accept(known);
                    }
                })
                .findFirst();
        if (identity.isEmpty()) {
            problems.add(authenticator.get().getBeanClass().getName() + ": implement Authenticator of a class");
        }
        return identity.orElse(null);
    }

    /** What hears every event hears the non-blocking ones too, on their thread. */
    private void checkThreads(List<Endpoint> endpoints) {
        Map<String, String> nonBlocking = new HashMap<>();
        signatures(endpoints, (endpoint, signature) -> {
            if (signature.nonBlocking() && signature.trigger() instanceof Trigger.Arrival) {
                nonBlocking.putIfAbsent(endpoint.namespace(), where(endpoint, signature));
            }
        });
        signatures(endpoints, (endpoint, signature) -> {
            String other = nonBlocking.get(endpoint.namespace());
            if (signature.trigger() instanceof Trigger.Anything && !signature.nonBlocking() && other != null) {
                problems.add(where(endpoint, signature) + ": @OnAny must be @NonBlocking where another handler is: "
                        + other);
            }
        });
    }

    private static void signatures(List<Endpoint> endpoints, BiConsumer<Endpoint, Signature> visitor) {
        endpoints.forEach(endpoint -> endpoint.signatures().forEach(signature -> visitor.accept(endpoint, signature)));
    }

    private static String where(Endpoint endpoint, Signature signature) {
        return endpoint.beanClass().getName() + "." + signature.method().getName();
    }

    private void checkPlaces(List<Endpoint> endpoints) {
        Set<String> known = endpoints.stream().map(Endpoint::namespace).collect(Collectors.toSet());
        known.add("/");
        Stream.of(ConnectionMiddleware.class, EventFilter.class)
                .flatMap(type -> beans.getBeans(type).stream())
                .forEach(bean -> Placed.names(bean.getBeanClass())
                        .filter(name -> !known.contains(name))
                        .forEach(name -> problems.add(bean.getBeanClass().getName() + ": @InNamespaces names " + name
                                + ", of which there is no @SocketEndpoint")));
    }

    private void checkDuplicates(List<Endpoint> endpoints) {
        Map<String, String> firsts = new HashMap<>();
        for (Endpoint endpoint : endpoints) {
            for (Signature signature : endpoint.signatures()) {
                if (signature.trigger() instanceof Trigger.Arrival arrival) {
                    String where = endpoint.beanClass().getName() + "."
                            + signature.method().getName();
                    String first = firsts.putIfAbsent(endpoint.namespace() + " " + arrival.event(), where);
                    if (first != null) {
                        problems.add("\"" + arrival.event() + "\" of namespace " + endpoint.namespace()
                                + " has two handlers: " + first + " and " + where);
                    }
                }
            }
        }
    }
}
