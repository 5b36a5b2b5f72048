package dev.parley.socketio;

import dev.parley.socketio.protocol.Outgoing;
import java.util.List;

/**
 * A socket that is about to connect.
 *
 * @param missed what a recovered one is to get first
 * @param known whether middlewares need not be asked again
 */
record Arrival(LiveSocket socket, List<Outgoing> missed, boolean known) {

    static Arrival fresh(LiveSocket socket) {
        return new Arrival(socket, List.of(), false);
    }
}
