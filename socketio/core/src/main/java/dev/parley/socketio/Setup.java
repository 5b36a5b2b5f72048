package dev.parley.socketio;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What the application wants to happen in a namespace. */
final class Setup {

    final Listeners<ConnectionMiddleware> middlewares = new Listeners<>();
    final Listeners<Consumer<Socket>> connect = new Listeners<>();
    final NamedListeners serverSide = new NamedListeners();
    final Set<String> nonBlocking = ConcurrentHashMap.newKeySet(1);

    /** @throws IllegalArgumentException when the name is reserved */
    void onServerSide(String event, EventListener listener) {
        Arguments.unreserved(event);
        serverSide.on(event, listener);
    }

    void addAll(Setup other) {
        middlewares.addAll(other.middlewares);
        connect.addAll(other.connect);
        serverSide.addAll(other.serverSide);
        nonBlocking.addAll(other.nonBlocking);
    }
}
