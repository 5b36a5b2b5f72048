package dev.parley.engineio;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads the frames of one WebSocket into its session's mailbox. While another thread is busy in there what is read gathers, so the
 * socket is held back before it is much: the limits further inside count only what has left the mailbox.
 */
final class SocketInput implements WebSocketInbound {

    /** Bytes in the mailbox from which on nothing more is read, and up to which reading goes on again. */
    static final int HIGH = 256 * 1024;

    private static final int LOW = HIGH / 4;

    private final AtomicInteger gathered = new AtomicInteger();
    private volatile boolean heldBack;
    private final Session session;
    private final WebSocketPort port;

    SocketInput(Session session, WebSocketPort port) {
        this.session = session;
        this.port = port;
    }

    @Override
    public void text(String message) {
        Packet packet;
        try {
            packet = Packet.parse(message);
        } catch (ProtocolException e) {
            lost(CloseReason.PARSE_ERROR, String.valueOf(e.getMessage()));
            return;
        }
        put(message.length(), packet);
    }

    @Override
    public void binary(ByteBuffer message) {
        put(message.remaining(), new Packet.Binary(message));
    }

    private void put(int size, Packet packet) {
        boolean isMuch = gathered.addAndGet(size) > HIGH;
        session.inside(() -> {
            try {
                session.packet(port, packet);
            } finally {
                if (gathered.addAndGet(-size) <= LOW && heldBack) {
                    release();
                }
            }
        });
        if (isMuch) {
            heldBack = true;
            port.suspendReading();
            if (gathered.get()
                    <= LOW) { // the mailbox was emptied in between, perhaps before it could see that it has to release
                session.inside(this::release);
            }
        }
    }

    /** In the mailbox. */
    private void release() {
        heldBack = false;
        session.resume(port);
    }

    @Override
    public void tooLarge() {
        port.close(1009, "message too large");
        lost(
                CloseReason.TRANSPORT_ERROR,
                "maxHttpBufferSize is " + session.options().maxHttpBufferSize());
    }

    @Override
    public void closed() {
        lost(CloseReason.TRANSPORT_CLOSE, "");
    }

    @Override
    public void failed() {
        lost(CloseReason.TRANSPORT_ERROR, "");
    }

    @Override
    public void failed(String rule) {
        lost(CloseReason.TRANSPORT_ERROR, rule);
    }

    private void lost(CloseReason reason, String why) {
        session.inside(() -> session.lost(port, reason, why));
    }
}
