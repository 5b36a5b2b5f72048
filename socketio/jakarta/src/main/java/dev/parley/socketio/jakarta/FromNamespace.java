package dev.parley.socketio.jakarta;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that takes its value from the namespace's name: in an endpoint of {@code "/rooms/{room}"}, {@code @FromNamespace("room")
 * String room} is {@code blue} when the client has joined {@code /rooms/blue}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface FromNamespace {

    /** The variable of {@link SocketEndpoint#value()}. */
    String value();
}
