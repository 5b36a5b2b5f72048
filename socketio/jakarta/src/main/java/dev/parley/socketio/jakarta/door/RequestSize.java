package dev.parley.socketio.jakarta.door;

import dev.parley.engineio.EngineRequest;
import dev.parley.engineio.Refusal;
import java.util.Optional;

/** A session keeps the request of its handshake: one that is far longer than any client's would be a cheap way to fill the memory. */
final class RequestSize {

    /** Characters of path and query. */
    private static final int URL = 8 * 1024;
    /** Characters of all names and values; cookies of single sign-on can be long. */
    private static final int HEADERS = 32 * 1024;

    private static final Refusal LONG_URL = new Refusal(414, 3, "URL too long");
    private static final Refusal LONG_HEADERS = new Refusal(431, 3, "Header fields too large");

    private RequestSize() {}

    static Optional<Refusal> refuse(EngineRequest request) {
        if (request.url().length() > URL) {
            return Optional.of(LONG_URL);
        }
        int length = 0;
        for (var header : request.headers().entrySet()) {
            for (var value : header.getValue()) {
                length += header.getKey().length() + value.length();
            }
        }
        return length > HEADERS ? Optional.of(LONG_HEADERS) : Optional.empty();
    }
}
