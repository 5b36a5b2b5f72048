package dev.parley.socketio;

import dev.parley.socketio.protocol.Packet;
import java.util.function.Consumer;

/** All who listen to one socket. Called in its client's mailbox, but for the outgoing ones. */
final class SocketListeners {

    private final LiveSocket socket;
    private final LiveNamespace namespace;
    final NamedListeners events = new NamedListeners();
    final Listeners<EventMiddleware> middlewares = new Listeners<>();
    final Listeners<EventListener> any = new Listeners<>();
    final Listeners<OutgoingListener> outgoing = new Listeners<>();
    final Listeners<Consumer<Throwable>> error = new Listeners<>();
    final Listeners<Consumer<DisconnectReason>> disconnecting = new Listeners<>();
    final Listeners<Consumer<DisconnectReason>> disconnect = new Listeners<>();

    SocketListeners(LiveSocket socket, LiveNamespace namespace) {
        this.socket = socket;
        this.namespace = namespace;
    }

    /** Catch-all listeners, middlewares, then those of the name: the reference server's order. */
    void receive(Packet.Event packet) {
        var name = packet.name();
        var arguments = packet.arguments().subList(1, packet.arguments().size());
        var event = new Event(name, arguments, new Reply(socket, packet.ackId()));
        if (namespace.observers().present()) {
            namespace.observers().tell(listener -> listener.eventReceived(socket, name, arguments));
        }
        any.all().forEach(listener -> namespace.guarded(socket, name, () -> listener.on(event)));
        for (var middleware : middlewares.all()) {
            try {
                middleware.accept(event);
            } catch (RuntimeException | Error refusal) {
                failed(name, refusal);
                return;
            }
        }
        events.of(name).forEach(listener -> namespace.guarded(socket, name, () -> listener.on(event)));
    }

    private void failed(String place, Throwable failure) {
        if (error.isEmpty()) {
            namespace.failed(socket, place, failure);
        } else {
            error(failure);
        }
    }

    void error(Throwable failure) {
        error.all().forEach(listener -> namespace.guarded(socket, "error", () -> listener.accept(failure)));
    }

    void sending(Packet.Event packet) {
        if (!outgoing.isEmpty()) {
            var name = packet.name();
            var arguments = packet.arguments().subList(1, packet.arguments().size());
            outgoing.all()
                    .forEach(listener -> namespace.guarded(socket, name, () -> listener.sending(name, arguments)));
        }
    }

    void disconnecting(DisconnectReason reason) {
        tell(disconnecting, "disconnecting", reason);
    }

    void disconnected(DisconnectReason reason) {
        tell(disconnect, "disconnect", reason);
    }

    private void tell(Listeners<Consumer<DisconnectReason>> listeners, String place, DisconnectReason reason) {
        listeners.all().forEach(listener -> namespace.guarded(socket, place, () -> listener.accept(reason)));
    }

    /** Nothing will happen any more: whoever keeps the socket does not keep its listeners too. */
    void clear() {
        events.clear();
        middlewares.clear();
        any.clear();
        outgoing.clear();
        error.clear();
        disconnecting.clear();
        disconnect.clear();
    }
}
