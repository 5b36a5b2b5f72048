package dev.parley.socketio.jakarta;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A CDI bean whose methods handle the sockets of one namespace. Give it a scope, usually {@code @ApplicationScoped}: without one
 * CDI does not find it, which fails the deployment. Several endpoints may share a namespace; their {@link OnConnect} methods run in
 * the order of {@code @Priority}, then of class and method names.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SocketEndpoint {

    /**
     * The namespace's name. With variables in braces it stands for all namespaces of such names, which come into being when clients ask
     * for them: {@code "/rooms/{room}"}, or {@code "/rooms/{room:[0-9]+}"} with a regular expression; see {@link FromNamespace}.
     */
    String value() default "/";
}
