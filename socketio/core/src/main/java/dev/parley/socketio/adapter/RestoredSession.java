package dev.parley.socketio.adapter;

import dev.parley.socketio.protocol.Outgoing;
import java.util.List;

/**
 * A session that goes on.
 *
 * @param sameNode whether its attributes are there
 * @param missed in the order in which they were broadcast
 */
public record RestoredSession(SessionState state, boolean sameNode, List<Outgoing> missed) {

    public RestoredSession {
        missed = List.copyOf(missed);
    }
}
