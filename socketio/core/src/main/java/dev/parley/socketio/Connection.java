package dev.parley.socketio;

import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.TransportName;
import java.time.Instant;
import java.util.Collection;

/** A client's connection, which carries its sockets of all namespaces. */
public interface Connection {

    /** Unique within this server's life and no secret, unlike the id of the Engine.IO session. */
    String id();

    /** What it is on now; changes once at most, from polling to WebSocket. */
    TransportName transport();

    /** The request that opened it. */
    EngineRequest request();

    /** When its handshake was answered. */
    Instant opened();

    /** Its sockets, one in each namespace that it has joined or is joining. */
    Collection<Socket> sockets();
}
