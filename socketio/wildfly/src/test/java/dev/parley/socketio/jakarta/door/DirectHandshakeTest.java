package dev.parley.socketio.jakarta.door;

/** What is let in and what is refused, when the connection is taken over: the standard path's tests, all of them. */
class DirectHandshakeTest extends HandshakeTest {}
