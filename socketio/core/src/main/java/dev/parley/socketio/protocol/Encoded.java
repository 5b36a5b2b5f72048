package dev.parley.socketio.protocol;

import dev.parley.engineio.Frame;
import dev.parley.engineio.Packet.Binary;
import dev.parley.engineio.Packet.Text;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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

    /** The same as frames, which any number of sessions may send. */
    public List<Frame> frames() {
        var first = Frame.of(new Text(text));
        if (attachments.isEmpty()) {
            return List.of(first);
        }
        var frames = new ArrayList<Frame>(attachments.size() + 1);
        frames.add(first);
        attachments.forEach(data -> frames.add(Frame.of(new Binary(data.duplicate()))));
        return List.copyOf(frames);
    }
}
