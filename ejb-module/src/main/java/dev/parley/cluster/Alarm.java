package dev.parley.cluster;

import java.time.Duration;

/** Runs something later, on a thread with the context of who asks; also while the server is suspended. */
public interface Alarm {

    /** @return what cancels it; doing so late or twice does nothing */
    Runnable after(Duration delay, Runnable task);
}
