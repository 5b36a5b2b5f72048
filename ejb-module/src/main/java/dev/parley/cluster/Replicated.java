package dev.parley.cluster;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a map that every node sees: {@code @Inject @Replicated(Replicated.PRESENCE) ConcurrentMap<String, String>}. Keys and
 * values are text (JSON where they have parts), so that nodes of different versions can read each other.
 *
 * <p>Change an entry by {@link java.util.concurrent.ConcurrentMap#putIfAbsent} and {@link
 * java.util.concurrent.ConcurrentMap#replace(Object, Object, Object)} in a bounded loop; functions ({@code compute}, {@code merge})
 * would have to travel to another node and do not.
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE})
public @interface Replicated {

    /** People's connections. */
    String PRESENCE = "presence";

    /** Calls that ring or are spoken. */
    String CALLS = "calls";

    /** How much of their limits people have used; its entries may vanish ten minutes after they were written. */
    String LIMITS = "limits";

    /** Which map. */
    @Nonbinding
    String value();
}
