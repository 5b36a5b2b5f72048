package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.WebSocketInbound;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Puts a binary message together, up to a limit. The container's buffers are copied: it uses them again. */
final class BinaryParts {

    private final int limit;
    private final WebSocketInbound inbound;
    private ByteArrayOutputStream gathered = new ByteArrayOutputStream(0);
    private boolean over;

    /** @param limit bytes */
    BinaryParts(int limit, WebSocketInbound inbound) {
        this.limit = limit;
        this.inbound = inbound;
    }

    void part(ByteBuffer part, boolean last) {
        if (over) {
            return;
        }
        if (gathered.size() + part.remaining() > limit) {
            over = true;
            gathered = new ByteArrayOutputStream(0);
            inbound.tooLarge();
            return;
        }
        var bytes = new byte[part.remaining()];
        part.get(bytes);
        if (last && gathered.size() == 0) {
            inbound.binary(ByteBuffer.wrap(bytes));
            return;
        }
        gathered.writeBytes(bytes);
        if (last) {
            inbound.binary(ByteBuffer.wrap(gathered.toByteArray()));
            gathered = new ByteArrayOutputStream(0);
        }
    }
}
