/**
 * Socket.IO v5 on top of Engine.IO: {@link dev.parley.socketio.SocketServer}, its namespaces, their sockets.
 *
 * <pre>{@code
 * server.of("/").onConnect(socket -> {
 *     socket.join("lobby");
 *     socket.on("say", event -> socket.to("lobby").emit("said", event.argument(0)));
 * });
 * }</pre>
 */
@NullMarked
package dev.parley.socketio;

import org.jspecify.annotations.NullMarked;
