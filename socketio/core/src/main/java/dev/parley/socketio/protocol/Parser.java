package dev.parley.socketio.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.engineio.Frame;
import java.util.List;

/**
 * How packets become Engine.IO messages and back. A server has one and its clients must use the same: the protocol has no way to
 * agree on it. Thread-safe; its readers are not.
 */
public interface Parser {

    /** The messages of a packet, in order. */
    List<Frame> encode(Packet packet);

    /** A reader for one connection. */
    PacketReader reader();

    /** The protocol's own: JSON, binary data as attachments, {@value Decoder#MAX_ATTACHMENTS} of them at most in what is read. */
    static Parser json(ObjectMapper mapper) {
        return json(mapper, Decoder.MAX_ATTACHMENTS);
    }

    /**
     * @param mapper writes what Jackson trees hold as plain objects
     * @param maxAttachments of one packet that is read
     */
    static Parser json(ObjectMapper mapper, int maxAttachments) {
        return new JsonParser(mapper, maxAttachments);
    }
}
