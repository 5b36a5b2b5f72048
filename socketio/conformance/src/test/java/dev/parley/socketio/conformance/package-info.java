/** A suite written from the protocol texts: what a client sees on the wire, row by row, of a server that runs somewhere else. */
@NullMarked
package dev.parley.socketio.conformance;

import org.jspecify.annotations.NullMarked;
