package dev.parley.cluster;

import java.time.Duration;

/** Runs something later, on a thread of the container. */
public interface Alarm {

    /** @return what cancels it; doing so late or twice does nothing */
    Runnable after(Duration delay, Runnable task);
}
