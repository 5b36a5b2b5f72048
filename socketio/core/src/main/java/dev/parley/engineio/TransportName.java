package dev.parley.engineio;

import java.util.Optional;

/** The ways a session's packets travel, by their names on the wire. */
public enum TransportName {
    /** HTTP long-polling. */
    POLLING("polling"),
    /** A WebSocket, from the beginning or after an upgrade. */
    WEBSOCKET("websocket");

    private final String text;

    TransportName(String text) {
        this.text = text;
    }

    /** The name in requests and handshakes. */
    public String text() {
        return text;
    }

    /** The transport of that name on the wire. */
    public static Optional<TransportName> of(String text) {
        for (var name : values()) {
            if (name.text.equals(text)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
