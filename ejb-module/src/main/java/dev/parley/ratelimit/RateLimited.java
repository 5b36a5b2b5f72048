package dev.parley.ratelimit;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Counts calls of this method against a limit of the person in its {@link dev.parley.identity.Caller} parameter, on CDI beans and
 * EJBs alike; over the limit it is not called and {@link dev.parley.problem.Problem} {@code rate_limited} with the time to wait
 * is thrown instead. Calls within one object are not seen.
 */
@Documented
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RateLimited {

    @Nonbinding
    Limit value();
}
