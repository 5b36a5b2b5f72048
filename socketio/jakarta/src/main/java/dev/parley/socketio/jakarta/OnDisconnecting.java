package dev.parley.socketio.jakarta;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called once when a socket is about to be gone, while {@link dev.parley.socketio.Socket#rooms()} still tells where it was; a parameter of
 * type {@link dev.parley.socketio.DisconnectReason} says why.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnDisconnecting {}
