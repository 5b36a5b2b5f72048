package dev.parley.socketio.sample;

import dev.parley.socketio.jakarta.NonBlocking;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;

/** Says which thread it runs on. */
@ApplicationScoped
@SocketEndpoint("/threads")
class Threads {

    @NonBlocking
    @OnEvent("now")
    String now() {
        return Thread.currentThread().getName();
    }

    @OnEvent("later")
    String later(int milliseconds) throws InterruptedException {
        Thread.sleep(milliseconds);
        return Thread.currentThread().getName();
    }
}
