package dev.parley.socketio.jakarta;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Beans that apply to namespaces, in the order in which they do. */
final class Placed {

    /** Of a class without {@code @Priority}: {@link jakarta.interceptor.Interceptor.Priority#APPLICATION}. */
    private static final int USUAL_PRIORITY = 2000;

    private Placed() {}

    /** Contextual references of all beans of that type that apply to the namespace. */
    static <T> List<T> of(Class<T> type, String namespace, BeanManager beans, CreationalContext<?> context) {
        return of(type, bean -> applies(bean.getBeanClass(), namespace), beans, context);
    }

    /** Contextual references of all beans of that type. */
    static <T> List<T> of(Class<T> type, BeanManager beans, CreationalContext<?> context) {
        return of(type, bean -> true, beans, context);
    }

    private static <T> List<T> of(
            Class<T> type, Predicate<Bean<?>> filter, BeanManager beans, CreationalContext<?> context) {
        return beans.getBeans(type).stream()
                .filter(filter)
                .sorted(Comparator.comparing(Bean::getBeanClass, order()))
                .map(bean -> type.cast(beans.getReference(bean, type, context)))
                .toList();
    }

    static Comparator<Class<?>> order() {
        return Comparator.<Class<?>>comparingInt(type -> Optional.ofNullable(type.getAnnotation(Priority.class))
                        .map(Priority::value)
                        .orElse(USUAL_PRIORITY))
                .thenComparing(Class::getName);
    }

    /** Where a class says that it applies, empty for everywhere. */
    static Stream<String> names(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(InNamespaces.class)).stream()
                .flatMap(places -> Arrays.stream(places.value()))
                .map(name -> name.startsWith("/") ? name : "/" + name);
    }

    private static boolean applies(Class<?> type, String namespace) {
        return !type.isAnnotationPresent(InNamespaces.class) || names(type).anyMatch(namespace::equals);
    }
}
