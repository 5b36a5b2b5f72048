package dev.parley.cluster;

import java.time.Duration;

/** What is known of the clocks of the nodes. */
public final class Clocks {

    /**
     * They differ by less. A moment that lies further ahead than it can by its meaning was noted before the clock was set back: whatever was
     * to wait for it has waited long enough.
     */
    public static final Duration SKEW = Duration.ofMinutes(1);

    private Clocks() {}
}
