package dev.parley.socketio.conformance;

import dev.parley.socketio.jakarta.NonBlocking;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;

/** Says at {@code /socket.io/}, in the namespace {@code /threads}, which thread runs which kind of handler. */
@ApplicationScoped
@SocketEndpoint("/threads")
public class Threads {

    @NonBlocking
    @OnEvent("now")
    String now() {
        return Thread.currentThread().getName();
    }

    @OnEvent("later")
    String later() {
        return Thread.currentThread().getName();
    }
}
