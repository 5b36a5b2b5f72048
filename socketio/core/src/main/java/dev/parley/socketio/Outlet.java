package dev.parley.socketio;

import dev.parley.engineio.CloseReason;
import dev.parley.engineio.Frame;
import dev.parley.socketio.adapter.SessionState;
import dev.parley.socketio.protocol.Outgoing;
import java.util.List;

/**
 * What goes to one socket's client: its own events, what others broadcast, what it missed. Holds the latter back until the connection
 * listeners have run, and knows which kept events were sent.
 */
final class Outlet {

    private final LiveSocket socket;
    private final LiveNamespace namespace;
    private final Client client;
    private final Deferral deferral;
    // Of kept events that were sent; written by one thread at a time, in their order.
    private volatile long firstSequence;
    private volatile long lastSequence;

    Outlet(LiveSocket socket, LiveNamespace namespace, Client client) {
        this.socket = socket;
        this.namespace = namespace;
        this.client = client;
        this.deferral = new Deferral(client.bufferLimit());
    }

    /** Goes on where another one of the same client ended. */
    void resume(SessionState state) {
        firstSequence = state.firstSequence();
        lastSequence = state.lastSequence();
    }

    long firstSequence() {
        return firstSequence;
    }

    long lastSequence() {
        return lastSequence;
    }

    /** From now on nothing is held back. */
    void open() {
        deferral.release(client::send);
    }

    /** Sends an event of the socket's own. */
    void send(Outgoing message, boolean isVolatile) {
        tell(message);
        if (isVolatile) {
            client.sendVolatile(message.frames());
        } else {
            write(message.frames());
        }
    }

    /** Sends what is of the socket's own and no event. */
    void write(List<Frame> frames) {
        if (namespace.recovers()) {
            // Events of its own go through the adapter, as others' do: what goes beside them must not overtake.
            behind(() -> {
                if (socket.connected()) {
                    pass(frames, false);
                } else {
                    client.send(frames);
                }
            });
        } else {
            client.send(frames);
        }
    }

    /** Runs that behind what the calling thread has sent through this socket. */
    void behind(Runnable send) {
        namespace.adapter().ordered(send);
    }

    /** Sends an event that its client has missed. */
    void catchUp(Outgoing message) {
        tell(message);
        note(message);
        client.send(message.frames());
    }

    /** Sends what others broadcast. */
    void deliver(Outgoing message, boolean isVolatile) {
        tell(message);
        note(message);
        pass(message.frames(), isVolatile);
    }

    private void pass(List<Frame> packet, boolean isVolatile) {
        switch (deferral.offer(packet)) {
            case HELD -> {}
            case FULL -> client.abort(CloseReason.SLOW_READER, "maxBufferedBytes is " + client.bufferLimit());
            case PASS -> {
                if (isVolatile) {
                    client.sendVolatile(packet);
                } else {
                    client.send(packet);
                }
            }
        }
    }

    private void note(Outgoing message) {
        if (message.sequence() != 0) {
            if (firstSequence == 0) {
                firstSequence = message.sequence();
            }
            lastSequence = message.sequence();
        }
    }

    /** Shows an event to those who want to see all that goes to this socket. */
    private void tell(Outgoing message) {
        if (namespace.observers().present()) {
            var arguments = message.packet().arguments();
            var event = message.packet().name();
            namespace
                    .observers()
                    .tell(listener -> listener.eventSent(socket, event, arguments.subList(1, arguments.size())));
        }
        if (!socket.listeners().outgoing.isEmpty()) {
            socket.listeners().sending(message.packet());
        }
    }
}
