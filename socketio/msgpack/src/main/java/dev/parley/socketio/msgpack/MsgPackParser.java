package dev.parley.socketio.msgpack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.engineio.Frame;
import dev.parley.socketio.protocol.Packet;
import dev.parley.socketio.protocol.PacketReader;
import dev.parley.socketio.protocol.Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/** A packet is the map {@code {type, nsp, data?, id?}} in one binary message; binary data stands where it belongs. */
public final class MsgPackParser implements Parser {

    /** How deep what a client sends may be nested. */
    public static final int MAX_DEPTH = 500;

    /** How many arrays and maps one packet of a client may have: an empty one is a byte there, and many here. */
    public static final int MAX_CONTAINERS = 65_536;

    private final ObjectMapper mapper;

    private MsgPackParser(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** @param mapper writes what Jackson trees hold as plain objects */
    public static MsgPackParser of(ObjectMapper mapper) {
        return new MsgPackParser(mapper);
    }

    @Override
    public PacketReader reader() {
        return new MsgPackReader();
    }

    @Override
    public List<Frame> encode(Packet packet) {
        var bytes = switch (packet) {
            case Packet.Connect connect -> write(0, connect, connect.auth(), null, Packet.NO_ACK);
            case Packet.Disconnect disconnect -> write(1, disconnect, null, null, Packet.NO_ACK);
            case Packet.Event event -> write(2, event, null, event.arguments(), event.ackId());
            case Packet.Ack ack -> write(3, ack, null, ack.arguments(), ack.ackId());
            case Packet.ConnectError refused -> write(4, refused, refused.error(), null, Packet.NO_ACK);
        };
        return List.of(Frame.of(new dev.parley.engineio.Packet.Binary(ByteBuffer.wrap(bytes))));
    }

    private byte[] write(
            int type, Packet packet, @Nullable JsonNode data, @Nullable List<JsonNode> arguments, long ackId) {
        try (var out = MessagePack.newDefaultBufferPacker()) {
            boolean hasData = data != null || arguments != null;
            out.packMapHeader(2 + (hasData ? 1 : 0) + (ackId == Packet.NO_ACK ? 0 : 1));
            out.packString("type").packInt(type);
            out.packString("nsp").packString(packet.namespace());
            if (hasData) {
                out.packString("data");
                write(data, arguments, out);
            }
            if (ackId != Packet.NO_ACK) {
                out.packString("id").packLong(ackId);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(@Nullable JsonNode data, @Nullable List<JsonNode> arguments, MessagePacker out)
            throws IOException {
        var writer = new ValueWriter(out, mapper);
        if (data != null) {
            writer.write(data);
        } else if (arguments != null) {
            out.packArrayHeader(arguments.size());
            for (var argument : arguments) {
                writer.write(argument);
            }
        }
    }
}
