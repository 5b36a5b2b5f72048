package dev.parley.socketio;

import dev.parley.socketio.protocol.Packet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The acknowledgement that a client asked for, or did not. */
final class Reply implements Acknowledgement {

    private final LiveSocket socket;
    private final long id;
    private final AtomicBoolean sent = new AtomicBoolean();

    Reply(LiveSocket socket, long id) {
        this.socket = socket;
        this.id = id;
    }

    @Override
    public boolean requested() {
        return id != Packet.NO_ACK;
    }

    @Override
    public void send(@Nullable Object... arguments) {
        if (id != Packet.NO_ACK && sent.compareAndSet(false, true)) {
            try {
                socket.acknowledge(id, arguments);
            } catch (RuntimeException unwritable) {
                sent.set(false); // the caller can still answer something else
                throw unwritable;
            }
        }
    }
}
