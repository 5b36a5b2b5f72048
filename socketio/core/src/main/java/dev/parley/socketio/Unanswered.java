package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** An acknowledgement did not come: the time passed, or the client is gone. */
public final class Unanswered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<List<JsonNode>> answers;

    Unanswered(String message, List<List<JsonNode>> answers) {
        super(message, null, false, false);
        this.answers = List.copyOf(answers);
    }

    /** What the other receivers of a broadcast answered in time. */
    public List<List<JsonNode>> answers() {
        return answers;
    }
}
