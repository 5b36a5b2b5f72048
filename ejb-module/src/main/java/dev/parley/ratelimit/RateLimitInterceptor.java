package dev.parley.ratelimit;

import dev.parley.identity.Caller;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Stands before {@link RateLimited} methods. */
@Interceptor
@RateLimited(Limit.EVENT)
@Priority(Interceptor.Priority.APPLICATION)
class RateLimitInterceptor {

    private final RateLimiter limiter;

    @Inject
    RateLimitInterceptor(RateLimiter limiter) {
        this.limiter = limiter;
    }

    @AroundInvoke
    @Nullable
    Object limit(InvocationContext call) throws Exception {
        limiter.check(limit(call.getMethod()), caller(call));
        return call.proceed();
    }

    private static Limit limit(Method method) {
        RateLimited own = method.getAnnotation(RateLimited.class);
        RateLimited limited = own != null ? own : method.getDeclaringClass().getAnnotation(RateLimited.class);
        if (limited == null) {
            throw new IllegalStateException("No limit is named on " + method + ".");
        }
        return limited.value();
    }

    private static Caller caller(InvocationContext call) {
        for (Object parameter : call.getParameters()) {
            if (parameter instanceof Caller caller) {
                return caller;
            }
        }
        throw new IllegalStateException(call.getMethod() + " is rate-limited but has no Caller to count for.");
    }
}
