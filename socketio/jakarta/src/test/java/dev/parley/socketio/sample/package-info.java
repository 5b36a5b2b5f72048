/**
 * An application as a stranger would write it, all of it package-private: {@link dev.parley.socketio.jakarta.WarServer} packs it as a
 * WAR with a class loader of its own.
 */
package dev.parley.socketio.sample;
