/** The fast path on an embedded Undertow, found by the door as in a deployment. */
@NullMarked
package dev.parley.socketio.wildfly;

import org.jspecify.annotations.NullMarked;
