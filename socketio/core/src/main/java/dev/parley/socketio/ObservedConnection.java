package dev.parley.socketio;

import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.Session;
import dev.parley.engineio.SessionListener;
import dev.parley.engineio.TransportName;
import java.time.Instant;

/** What others see of a connection, and what those who watch the server are told of it. */
abstract sealed class ObservedConnection implements SessionListener, Connection permits Client {

    private final Session session;
    private final long number;
    private final Observers observers;
    private final Instant opened = Instant.now();

    ObservedConnection(Session session, long number, Observers observers) {
        this.session = session;
        this.number = number;
        this.observers = observers;
    }

    @Override
    public String id() {
        return Long.toString(number, Character.MAX_RADIX);
    }

    @Override
    public TransportName transport() {
        return session.transport();
    }

    @Override
    public EngineRequest request() {
        return session.request();
    }

    @Override
    public Instant opened() {
        return opened;
    }

    @Override
    public boolean observes() {
        return observers.present();
    }

    @Override
    public void upgraded() {
        observers.tell(listener -> listener.connectionUpgraded(this));
    }

    @Override
    public void received(int bytes) {
        observers.tell(listener -> listener.packetsReceived(this, 1, bytes));
    }

    @Override
    public void sent(int packets, long bytes) {
        observers.tell(listener -> listener.packetsSent(this, packets, bytes));
    }
}
