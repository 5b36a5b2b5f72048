@org.jspecify.annotations.NullMarked
package dev.parley.socketio.jakarta.door;
