package dev.parley.socketio.protocol;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A packet ready to be sent as Engine.IO messages: the text first, then each attachment in its order.
 *
 * @param attachments read-only; every sender takes a duplicate
 */
public record Encoded(String text, List<ByteBuffer> attachments) {

    public Encoded {
        attachments = List.copyOf(attachments);
    }
}
