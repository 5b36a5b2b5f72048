package dev.parley.socketio;

import dev.parley.engineio.Frame;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds back what others broadcast to a socket until its own connection listeners have had their say. */
final class Deferral {

    private final int limit;
    private final Object gate = new Object();
    /** Changed and filled inside the gate; null once it is open, which it then stays. */
    private volatile @Nullable Queue<List<Frame>> held = new ArrayDeque<>();

    private int bytes;

    /** @param limit bytes */
    Deferral(int limit) {
        this.limit = limit;
    }

    enum Outcome {
        PASS,
        HELD,
        FULL
    }

    Outcome offer(List<Frame> packet) {
        if (held == null) {
            return Outcome.PASS;
        }
        synchronized (gate) {
            var queue = held;
            if (queue == null) {
                return Outcome.PASS;
            }
            for (var frame : packet) {
                bytes += frame.size() + 64;
            }
            if (bytes > limit) {
                return Outcome.FULL;
            }
            queue.add(packet);
            return Outcome.HELD;
        }
    }

    /** Passes on what was held, in order, and holds no more. What is offered meanwhile is still held, so nothing overtakes. */
    void release(Consumer<List<Frame>> receiver) {
        for (var packet = next(); packet != null; packet = next()) {
            receiver.accept(packet);
        }
    }

    private @Nullable List<Frame> next() {
        synchronized (gate) {
            var queue = held;
            if (queue == null) {
                return null;
            }
            var packet = queue.poll();
            if (packet == null) {
                held = null;
            }
            return packet;
        }
    }
}
