/** Socket.IO packets and their encoding; a packet is a value, an encoder and a decoder turn it into Engine.IO messages and back. */
@NullMarked
package dev.parley.socketio.protocol;

import org.jspecify.annotations.NullMarked;
