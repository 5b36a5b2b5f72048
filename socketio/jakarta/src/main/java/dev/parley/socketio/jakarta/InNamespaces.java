package dev.parley.socketio.jakarta;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where a {@link dev.parley.socketio.ConnectionMiddleware} or {@link EventFilter} bean applies. Without it, in all namespaces that have
 * endpoints.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface InNamespaces {

    /** As {@link SocketEndpoint#value()} has them; one that no endpoint has fails the deployment. */
    String[] value();
}
