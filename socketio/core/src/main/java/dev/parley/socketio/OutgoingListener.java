package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Sees each event that goes to one socket, alone or with others; acknowledgements are none. */
@FunctionalInterface
public interface OutgoingListener {

    /** Called on the thread that emits; must not block. */
    void sending(String event, List<JsonNode> arguments);
}
