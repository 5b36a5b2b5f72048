package dev.parley.socketio.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.engineio.Frame;
import java.util.List;

/** The parser that every client has. */
final class JsonParser implements Parser {

    /** Reads what clients send; the application's own mapper may have other ideas of JSON. */
    private static final ObjectMapper WIRE = JsonMapper.builder().build();

    private final Encoder encoder;
    private final int maxAttachments;

    JsonParser(ObjectMapper mapper, int maxAttachments) {
        this.encoder = new Encoder(mapper);
        this.maxAttachments = maxAttachments;
    }

    @Override
    public List<Frame> encode(Packet packet) {
        return encoder.encode(packet).frames();
    }

    @Override
    public PacketReader reader() {
        return new Decoder(WIRE, maxAttachments);
    }
}
