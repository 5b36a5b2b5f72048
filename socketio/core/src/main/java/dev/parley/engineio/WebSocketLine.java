package dev.parley.engineio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket. A plain port is given one write at a time, and what gathers meanwhile leaves with the next; a gathering one takes by
 * itself what there is.
 */
final class WebSocketLine implements Line {

    /** Bytes of one write to a plain port: a ping waits for no more than these, and the client's progress shows between. */
    private static final int PORTION = 64 * 1024;

    private final Session session;
    private final WebSocketPort port;
    private final @Nullable GatheringPort gathering;
    private boolean writing;
    private long underWay;
    private int writes;

    /** @param buffer what the session has to write; a gathering port is free to take from it from now on */
    WebSocketLine(Session session, WebSocketPort port, WriteBuffer buffer) {
        this.session = session;
        this.port = port;
        this.gathering = port instanceof GatheringPort gatherer ? gatherer : null;
        if (gathering != null) {
            gathering.attach(buffer);
        }
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
    public boolean keepsUp() {
        return gathering == null ? !writing : gathering.keepsUp();
    }

    @Override
    public boolean isBehind() {
        return !keepsUp();
    }

    @Override
    public long progress() {
        return gathering == null ? writes : gathering.progress();
    }

    @Override
    public int portion() {
        return PORTION;
    }

    @Override
    public boolean gathers() {
        return gathering != null;
    }

    @Override
    public void ready() {
        if (gathering != null) {
            gathering.ready();
        }
    }

    @Override
    public void write(List<Frame> frames) {
        writing = true;
        underWay = 0;
        for (var frame : frames) {
            underWay += frame.size();
        }
        port.send(
                frames,
                failure -> session.inside(() -> {
                    writing = false;
                    writes++;
                    underWay = 0;
                    if (failure == null) {
                        session.written();
                    } else {
                        session.end(CloseReason.TRANSPORT_ERROR);
                    }
                }));
    }

    @Override
    public long underWay() {
        return underWay;
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
