package dev.parley.engineio;

/** A peer sent what the protocol does not allow; its connection ends. The message names the rule, never the content. */
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message the rule that was broken, nothing of what came */
    public ProtocolException(String message) {
        super(message, null, false, false);
    }
}
