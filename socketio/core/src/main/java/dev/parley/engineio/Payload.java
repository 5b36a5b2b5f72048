package dev.parley.engineio;

import java.util.ArrayList;
import java.util.List;

/** Several packets in one polling request or response, parted by the record separator. */
public final class Payload {

    private static final char SEPARATOR = '\u001e';

    private Payload() {}

    /** The packets as the body of a polling response, parted by 0x1e, binary ones in Base64. */
    public static String encode(List<Frame> frames) {
        if (frames.size() == 1) {
            return frames.get(0).text();
        }
        var payload = new StringBuilder();
        for (var frame : frames) {
            if (!payload.isEmpty()) {
                payload.append(SEPARATOR);
            }
            payload.append(frame.text());
        }
        return payload.toString();
    }

    /**
     * The packets in order.
     *
     * @throws ProtocolException at the first that is none; what stood before it is lost too
     */
    public static List<Packet> decode(String payload) {
        var packets = new ArrayList<Packet>();
        int start = 0;
        for (int end = payload.indexOf(SEPARATOR); end >= 0; end = payload.indexOf(SEPARATOR, start)) {
            packets.add(Packet.parse(payload.substring(start, end)));
            start = end + 1;
        }
        packets.add(Packet.parse(payload.substring(start)));
        return packets;
    }
}
