package dev.parley.socketio.jakarta.door;

/** Moving from polling to a WebSocket, when the connection is taken over: the standard path's tests, all of them. */
class DirectUpgradeTest extends UpgradeTest {}
