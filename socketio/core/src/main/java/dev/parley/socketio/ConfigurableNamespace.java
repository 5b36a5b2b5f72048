package dev.parley.socketio;

import java.util.List;
import java.util.function.Consumer;

/** What all namespaces have: one place for what the application wants to happen there. */
abstract sealed class ConfigurableNamespace implements Namespace permits LiveNamespace, LiveParent {

    private final Setup setup = new Setup();

    final Setup setup() {
        return setup;
    }

    @Override
    public Namespace use(ConnectionMiddleware middleware) {
        setup.middlewares.add(middleware);
        return this;
    }

    @Override
    public Namespace onConnect(Consumer<Socket> listener) {
        setup.connect.add(listener);
        return this;
    }

    @Override
    public Namespace onServerSide(String event, EventListener listener) {
        setup.onServerSide(event, listener);
        return this;
    }

    @Override
    public Namespace nonBlocking(String... events) {
        setup.nonBlocking.addAll(List.of(events));
        return this;
    }
}
