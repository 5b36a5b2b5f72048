package dev.parley.engineio;

import java.nio.ByteBuffer;

/** Reads the frames of one WebSocket into its session's mailbox. */
final class SocketInput implements WebSocketInbound {

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
            lost(CloseReason.PARSE_ERROR);
            return;
        }
        session.inside(() -> session.packet(port, packet));
    }

    @Override
    public void binary(ByteBuffer message) {
        session.inside(() -> session.packet(port, new Packet.Binary(message)));
    }

    @Override
    public void tooLarge() {
        port.close(1009, "message too large");
        lost(CloseReason.TRANSPORT_ERROR);
    }

    @Override
    public void closed() {
        lost(CloseReason.TRANSPORT_CLOSE);
    }

    @Override
    public void failed() {
        lost(CloseReason.TRANSPORT_ERROR);
    }

    private void lost(CloseReason reason) {
        session.inside(() -> session.lost(port, reason));
    }
}
