package dev.parley.engineio;

/**
 * A WebSocket that fetches frames when it is about to write, not when they are made: what gathers until then leaves in one write.
 * {@link #close} sends what {@link #send} was given before, and not what the source still has.
 */
public interface GatheringPort extends WebSocketPort {

    /** Where frames come from, behind those of earlier {@linkplain #send sends}; called once. */
    void attach(FrameSource source);

    /** The source has something; does not block, any thread. */
    void ready();

    /** Whether all that was written so far has left, so that what is added leaves soon. */
    boolean keepsUp();

    /** Another number whenever the client has taken something while the port did not {@linkplain #keepsUp() keep up}. */
    long progress();
}
