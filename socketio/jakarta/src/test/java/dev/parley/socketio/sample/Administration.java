package dev.parley.socketio.sample;

import dev.parley.socketio.Namespace;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
@SocketEndpoint("/admin")
class Administration {

    @OnEvent("where")
    String where(Namespace namespace) {
        return namespace.name();
    }
}
