/**
 * What WildFly's Undertow can do beyond the standard: frames encoded once for all receivers, one write for many, and an end to
 * reading while handlers lag. Found by the door on its own; without access to {@code io.undertow.websocket} the standard API stays.
 */
@NullMarked
package dev.parley.socketio.wildfly;

import org.jspecify.annotations.NullMarked;
