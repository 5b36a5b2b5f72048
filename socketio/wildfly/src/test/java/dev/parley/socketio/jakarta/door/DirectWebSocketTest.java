package dev.parley.socketio.jakarta.door;

/** Engine.IO and Socket.IO over a WebSocket, when the connection is taken over: the standard path's tests, all of them. */
class DirectWebSocketTest extends WebSocketTest {}
