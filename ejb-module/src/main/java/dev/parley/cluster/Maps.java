package dev.parley.cluster;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.concurrent.ConcurrentMap;
import org.infinispan.Cache;

/** Hands out the caches of the container {@code parley} as what they are to the rest: maps. */
@ApplicationScoped
class Maps {

    @Resource(lookup = "java:jboss/infinispan/cache/parley/parley-presence")
    Cache<String, String> presence;

    @Resource(lookup = "java:jboss/infinispan/cache/parley/parley-calls")
    Cache<String, String> calls;

    @Resource(lookup = "java:jboss/infinispan/cache/parley/parley-limits")
    Cache<String, String> limits;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Maps() {}

    @Produces
    @Replicated("")
    ConcurrentMap<String, String> map(InjectionPoint point) {
        String name = point.getQualifiers().stream()
                .filter(Replicated.class::isInstance)
                .map(qualifier -> ((Replicated) qualifier).value())
                .findFirst()
                .orElse("");
        return switch (name) {
            case Replicated.PRESENCE -> presence;
            case Replicated.CALLS -> calls;
            case Replicated.LIMITS -> limits;
            default -> throw new IllegalArgumentException("There is no replicated map '" + name + "'.");
        };
    }
}
