/**
 * What the published page {@code @socket.io/admin-ui} speaks to: a namespace in which administrators see and move the sockets of a
 * server. {@link dev.parley.socketio.admin.AdminUi} is built on public API alone. In a CDI application it starts by itself once
 * {@code socketio.admin.username} and {@code socketio.admin.password} are configured.
 *
 * <pre>{@code
 * AdminUi admin = new AdminUi(AdminOptions.of("ada", "$2b$10$..."));
 * SocketServer server = SocketServer.builder(executor, timer).listener(admin).build();
 * admin.start(server, timer);
 * }</pre>
 */
@NullMarked
package dev.parley.socketio.admin;

import org.jspecify.annotations.NullMarked;
