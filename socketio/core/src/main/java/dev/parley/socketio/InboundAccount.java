package dev.parley.socketio;

import dev.parley.engineio.Session;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one client has sent and nobody has handled yet. Stops the reading while it is much, and is overdrawn when it is more than the
 * limit all the same. Filled by the session's threads one at a time, emptied by those of the handlers.
 */
final class InboundAccount {

    /** What a small packet costs in memory besides its text. */
    private static final int OVERHEAD = 128;

    private final Session session;
    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean suspended = new AtomicBoolean();
    /** Of a packet whose attachments have not all come; the session's. */
    private int arriving;

    /** @param limit bytes */
    InboundAccount(Session session, int limit) {
        this.session = session;
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** A part of a packet has come; false when that is too much. */
    boolean arrive(int bytes) {
        arriving += bytes;
        return waiting.get() + (long) arriving <= limit;
    }

    /** The packet is whole and waits from now on; returns its bytes. */
    int take() {
        int bytes = arriving;
        arriving = 0;
        int sum = waiting.addAndGet(bytes + OVERHEAD);
        if (sum > limit / 4 && sum <= limit && suspended.compareAndSet(false, true)) {
            session.suspendReading();
            if (!suspended.get()) { // the handlers have caught up in between, and what they said may have come before
                session.resumeReading();
            }
        }
        return bytes;
    }

    boolean isOverdrawn() {
        return waiting.get() > limit;
    }

    /** A packet of so many bytes waits no more. */
    void handled(int bytes) {
        if (waiting.addAndGet(-bytes - OVERHEAD) <= limit / 8 && suspended.compareAndSet(true, false)) {
            session.resumeReading();
            if (suspended.get()) {
                session.suspendReading();
            }
        }
    }
}
