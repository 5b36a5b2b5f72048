package dev.parley.engineio;

import java.util.Optional;

/** The ways a session's packets travel, by their names on the wire. */
public enum TransportName {
    POLLING("polling"),
    WEBSOCKET("websocket");

    private final String text;

    TransportName(String text) {
        this.text = text;
    }

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
