package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.Utf8;
import dev.parley.engineio.WebSocketInbound;

/** Puts a text message together, up to a limit. */
final class TextParts {

    private final int limit;
    private final WebSocketInbound inbound;
    private final StringBuilder gathered = new StringBuilder();
    private int bytes;
    private boolean over;

    /** @param limit bytes */
    TextParts(int limit, WebSocketInbound inbound) {
        this.limit = limit;
        this.inbound = inbound;
    }

    void part(String part, boolean last) {
        if (over) {
            return;
        }
        bytes += Utf8.length(part);
        if (bytes > limit) {
            over = true;
            gathered.setLength(0);
            inbound.tooLarge();
        } else if (!last) {
            gathered.append(part);
        } else {
            var message = gathered.isEmpty() ? part : gathered.append(part).toString();
            gathered.setLength(0);
            bytes = 0;
            inbound.text(message);
        }
    }
}
