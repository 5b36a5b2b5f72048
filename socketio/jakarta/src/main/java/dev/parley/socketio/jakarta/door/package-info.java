/**
 * Where requests come in: {@link dev.parley.socketio.jakarta.door.SocketDoor} mounts an engine into a servlet context. Needs a
 * servlet container with Jakarta WebSocket and nothing else.
 *
 * <pre>{@code
 * public void contextInitialized(ServletContextEvent event) {      // of a declared listener
 *     SocketDoor.mount(event.getServletContext(), server.engine(), DoorOptions.defaults());
 * }
 * }</pre>
 */
@NullMarked
package dev.parley.socketio.jakarta.door;

import org.jspecify.annotations.NullMarked;
