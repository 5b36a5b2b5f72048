package dev.parley.socketio.sample;

import dev.parley.socketio.Namespace;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;

@SocketEndpoint("/admin")
class Administration {

    @OnEvent("where")
    String where(Namespace namespace) {
        return namespace.name();
    }
}
