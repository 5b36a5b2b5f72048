/** The small applications that protocol suites talk to; {@link dev.parley.socketio.conformance.Mounts} says what is where. */
@NullMarked
package dev.parley.socketio.conformance;

import org.jspecify.annotations.NullMarked;
