/**
 * The door of a Jakarta EE application: the servlet and WebSocket endpoint under one path, and handlers as CDI beans.
 *
 * <pre>{@code
 * @ApplicationScoped
 * @SocketEndpoint("/")
 * class Greetings {
 *     @OnEvent("greet")
 *     String greet(Socket socket, Person person) { return "Hello " + person.name(); }   // the acknowledgement
 * }
 * }</pre>
 */
@NullMarked
package dev.parley.socketio.jakarta;

import org.jspecify.annotations.NullMarked;
