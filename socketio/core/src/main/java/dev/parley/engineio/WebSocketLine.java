package dev.parley.engineio;

import java.util.List;

/** A WebSocket: one write at a time, what gathers meanwhile leaves with the next. */
final class WebSocketLine implements Line {

    private final Session session;
    private final WebSocketPort port;
    private boolean writing;

    WebSocketLine(Session session, WebSocketPort port) {
        this.session = session;
        this.port = port;
    }

    boolean isOn(WebSocketPort other) {
        return port == other;
    }

    @Override
    public TransportName name() {
        return TransportName.WEBSOCKET;
    }

    @Override
    public boolean writable() {
        return !writing;
    }

    @Override
    public void write(List<Frame> frames) {
        writing = true;
        port.send(
                frames,
                failure -> session.inside(() -> {
                    writing = false;
                    if (failure == null) {
                        session.written();
                    } else {
                        session.end(CloseReason.TRANSPORT_ERROR);
                    }
                }));
    }

    @Override
    public void suspendReading() {
        port.suspendReading();
    }

    @Override
    public void resumeReading() {
        port.resumeReading();
    }

    @Override
    public void end(CloseReason reason) {
        switch (reason) {
            case SHUTTING_DOWN -> port.close(1001, "server shutting down");
            case PARSE_ERROR -> port.close(1008, "parse error");
            case SLOW_READER -> port.close(1008, "slow reader");
            case FLOOD -> port.close(1008, "flood");
            case OVERLOAD -> port.close(1013, "server overloaded");
            case TRANSPORT_ERROR, TRANSPORT_CLOSE, PING_TIMEOUT, FORCED_CLOSE -> port.close(1000, "");
        }
    }
}
