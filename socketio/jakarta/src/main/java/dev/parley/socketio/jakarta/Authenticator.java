package dev.parley.socketio.jakarta;

import dev.parley.socketio.Socket;

/**
 * A CDI bean that says who a client is, before its CONNECT is answered. What it returns is an attribute of the socket and a
 * parameter of handler methods, by its class.
 *
 * @param <T> the identity, a type of the application
 */
public interface Authenticator<T> {

    /** The type of the identity. */
    Class<T> identity();

    /**
     * May block for as long as the connect timeout.
     *
     * @throws dev.parley.socketio.ConnectionRefused to answer CONNECT_ERROR
     */
    T authenticate(Socket socket);
}
