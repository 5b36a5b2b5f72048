package dev.parley.socketio.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.parley.engineio.Frame;
import dev.parley.engineio.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to its receivers, however many they are: encoded once, and decoded only if somebody looks into one that came
 * encoded from another node. Immutable but for what it remembers.
 */
public final class Outgoing {

    private final Parser parser;
    private final long sequence;
    private final boolean compressed;
    // What was computed once stays; a race computes it twice, to the same end.
    private volatile Packet.@Nullable Event packet;
    private volatile @Nullable List<Frame> frames;

    private Outgoing(
            Parser parser,
            long sequence,
            boolean compressed,
            Packet.@Nullable Event packet,
            @Nullable List<Frame> frames) {
        this.parser = parser;
        this.sequence = sequence;
        this.compressed = compressed;
        this.packet = packet;
        this.frames = frames;
    }

    /** An event that is not encoded yet; once it is, all its receivers share the frames. */
    public static Outgoing of(Packet.Event packet, Parser parser) {
        return new Outgoing(parser, 0, true, packet, null);
    }

    /** One that was encoded elsewhere, by the same kind of parser. */
    public static Outgoing of(List<Frame> frames, Parser parser) {
        return new Outgoing(parser, 0, true, null, List.copyOf(frames));
    }

    /** The event as Engine.IO frames, header first; encoded when they are asked for first. */
    public List<Frame> frames() {
        var encoded = frames;
        if (encoded == null) {
            encoded = parser.encode(packet());
            if (!compressed) {
                encoded = encoded.stream().map(Frame::uncompressed).toList();
            }
            frames = encoded;
        }
        return encoded;
    }

    /** @throws dev.parley.engineio.ProtocolException when what came from elsewhere is no event */
    public Packet.Event packet() {
        var decoded = packet;
        if (decoded == null) {
            decoded = decode(frames());
            packet = decoded;
        }
        return decoded;
    }

    /** The same event, which the transport may or may not compress. */
    public Outgoing compress(boolean allowed) {
        return allowed == compressed ? this : new Outgoing(parser, sequence, allowed, packet(), null);
    }

    /**
     * The same event as an adapter keeps it for clients that were away.
     *
     * @param position in what the adapter keeps, from 1
     * @param offset the last argument, by which the client says what it has received
     */
    public Outgoing kept(long position, String offset) {
        var event = packet();
        var arguments = new ArrayList<>(event.arguments());
        arguments.add(JsonNodeFactory.instance.textNode(offset));
        return new Outgoing(
                parser, position, compressed, new Packet.Event(event.namespace(), event.ackId(), arguments), null);
    }

    /** Its position in what the adapter keeps; 0 when it is not kept. */
    public long sequence() {
        return sequence;
    }

    /** The same event, asking for an acknowledgement of that id. */
    public Outgoing askingFor(long ackId) {
        var event = packet();
        return new Outgoing(parser, 0, compressed, new Packet.Event(event.namespace(), ackId, event.arguments()), null);
    }

    private Packet.Event decode(List<Frame> encoded) {
        var reader = parser.reader();
        Optional<Packet> read = Optional.empty();
        for (var frame : encoded) {
            // a text frame begins with Engine.IO's own type
            read = frame.isText() ? reader.text(frame.text().substring(1)) : reader.binary(frame.payload());
        }
        if (read.orElse(null) instanceof Packet.Event event) {
            return event;
        }
        throw new ProtocolException("no event");
    }
}
