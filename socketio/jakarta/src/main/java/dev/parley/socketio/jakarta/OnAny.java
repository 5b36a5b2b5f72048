package dev.parley.socketio.jakarta;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Hears every event of the namespace, before its {@link OnEvent} method does; a parameter of type {@link dev.parley.socketio.Event} says
 * which. It returns nothing. With a parameter of type {@link dev.parley.socketio.Acknowledgement} it may answer those events that no
 * other method handles, which are otherwise answered as unknown. What it throws is logged and keeps nobody else from hearing the event.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnAny {}
