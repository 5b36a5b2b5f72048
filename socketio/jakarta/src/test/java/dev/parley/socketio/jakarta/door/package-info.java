/** The door on an embedded Undertow: nothing here needs an application server. */
@NullMarked
package dev.parley.socketio.jakarta.door;

import org.jspecify.annotations.NullMarked;
