/** Packets as MessagePack, the way socket.io-msgpack-parser writes them: {@link dev.parley.socketio.msgpack.MsgPackParser}. */
@NullMarked
package dev.parley.socketio.msgpack;

import org.jspecify.annotations.NullMarked;
