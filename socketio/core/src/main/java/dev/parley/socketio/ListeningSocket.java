package dev.parley.socketio;

import java.util.function.Consumer;

/** Where listeners of a socket are put; what becomes of them is {@link SocketListeners}' part. */
abstract sealed class ListeningSocket implements Socket permits LiveSocket {

    /** Set once, when the socket knows its namespace. */
    abstract SocketListeners listeners();

    @Override
    public void use(EventMiddleware middleware) {
        listeners().middlewares.add(middleware);
    }

    @Override
    public void on(String event, EventListener listener) {
        listeners().events.on(event, listener);
    }

    @Override
    public void once(String event, EventListener listener) {
        listeners().events.once(event, listener);
    }

    @Override
    public void off(String event, EventListener listener) {
        listeners().events.off(event, listener);
    }

    @Override
    public void off(String event) {
        listeners().events.off(event);
    }

    @Override
    public void onAny(EventListener listener) {
        listeners().any.add(listener);
    }

    @Override
    public void prependAny(EventListener listener) {
        listeners().any.prepend(listener);
    }

    @Override
    public void offAny(EventListener listener) {
        listeners().any.remove(candidate -> candidate == listener);
    }

    @Override
    public void offAny() {
        listeners().any.clear();
    }

    @Override
    public void onAnyOutgoing(OutgoingListener listener) {
        listeners().outgoing.add(listener);
    }

    @Override
    public void prependAnyOutgoing(OutgoingListener listener) {
        listeners().outgoing.prepend(listener);
    }

    @Override
    public void offAnyOutgoing(OutgoingListener listener) {
        listeners().outgoing.remove(candidate -> candidate == listener);
    }

    @Override
    public void offAnyOutgoing() {
        listeners().outgoing.clear();
    }

    @Override
    public void onError(Consumer<Throwable> listener) {
        listeners().error.add(listener);
    }

    @Override
    public void onDisconnecting(Consumer<DisconnectReason> listener) {
        listeners().disconnecting.add(listener);
    }

    @Override
    public void onDisconnect(Consumer<DisconnectReason> listener) {
        listeners().disconnect.add(listener);
    }
}
