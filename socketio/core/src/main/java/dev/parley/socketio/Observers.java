package dev.parley.socketio;

import java.util.List;
import java.util.function.Consumer;

/** All that watch one server. */
final class Observers {

    private final ServerListener[] listeners;

    Observers(List<ServerListener> listeners) {
        this.listeners = listeners.toArray(ServerListener[]::new);
    }

    /** Whether anybody watches; ask before what it takes to tell them is put together. */
    boolean present() {
        return listeners.length > 0;
    }

    void tell(Consumer<ServerListener> news) {
        for (var listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException | Error failure) {
                System.getLogger(ServerListener.class.getName())
                        .log(
                                System.Logger.Level.ERROR,
                                () -> "A server listener failed: " + listener.getClass(),
                                failure);
            }
        }
    }
}
