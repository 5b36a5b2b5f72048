package dev.parley.socketio.jakarta;

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
            List<Signature> signatures = type.getMethods().stream()
                    .flatMap(method -> reader.read(bean.getBeanClass(), method).stream())
                    .toList();
            endpoints.add(new Endpoint(bean, Endpoint.namespace(type.getAnnotation(SocketEndpoint.class)), signatures));
        });
        checkDuplicates(endpoints);
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
