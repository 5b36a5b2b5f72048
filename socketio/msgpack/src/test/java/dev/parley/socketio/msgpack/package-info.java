/** Golden bytes, what must be refused, and any packet there and back. */
@NullMarked
package dev.parley.socketio.msgpack;

import org.jspecify.annotations.NullMarked;
