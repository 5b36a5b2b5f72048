package dev.parley.socketio.conformance;

import dev.parley.engineio.CloseReason;
import dev.parley.engineio.Frame;
import dev.parley.engineio.Packet;
import dev.parley.engineio.Session;
import dev.parley.engineio.SessionListener;
import java.nio.ByteBuffer;
import java.util.List;

/** The Engine.IO fixture, at {@code /engine.io/}: every message comes back, text as text and binary as binary. */
record EngineFixture(Session session) implements SessionListener {

    @Override
    public void text(String message) {
        session.send(List.of(Frame.of(new Packet.Text(message))));
    }

    @Override
    public void binary(ByteBuffer message) {
        session.send(List.of(Frame.of(new Packet.Binary(message))));
    }

    @Override
    public void closed(CloseReason reason) {
        // Nothing was kept.
    }
}
