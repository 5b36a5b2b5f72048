package dev.parley.engineio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits to be written to one client, in order. Filled by its session, emptied by it or by the IO thread that writes. */
final class WriteBuffer implements FrameSource {

    /** A deque that has held more is not kept: most sessions are idle most of the time. */
    private static final int KEPT = 64;

    // Guarded by this.
    private ArrayDeque<Frame> frames = new ArrayDeque<>(1);
    private int most;
    private int bytes;
    private boolean begun;
    private volatile @Nullable SessionListener observer;

    /** Who is told of what an IO thread takes; what a session takes it knows itself. */
    void observedBy(@Nullable SessionListener listener) {
        observer = listener;
    }

    synchronized void add(Frame frame) {
        frames.add(frame);
        bytes += frame.size();
        most = Math.max(most, frames.size());
    }

    /** Ahead of all that waits, but never of the handshake: for what must not come late because the rest is taken slowly. */
    synchronized void addFirst(Frame frame) {
        if (!begun) {
            add(frame);
            return;
        }
        frames.addFirst(frame);
        bytes += frame.size();
        most = Math.max(most, frames.size());
    }

    synchronized boolean isEmpty() {
        return frames.isEmpty();
    }

    synchronized int packets() {
        return frames.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** @param underWay bytes that the transport still holds */
    synchronized boolean exceeds(EngineOptions limits, long underWay) {
        return bytes + underWay > limits.maxBufferedBytes() || frames.size() > limits.maxBufferedPackets();
    }

    synchronized List<Frame> takeAll() {
        begun = true;
        var all = new ArrayList<>(frames);
        emptied();
        return all;
    }

    /** As much as fits, at least one frame if there is any. */
    synchronized List<Frame> take(int limit) {
        if (bytes <= limit) {
            return takeAll();
        }
        begun = true;
        var some = new ArrayList<Frame>();
        int room = limit;
        for (var frame = frames.peek();
                frame != null && (some.isEmpty() || frame.size() <= room);
                frame = frames.peek()) {
            some.add(frames.remove());
            bytes -= frame.size();
            room -= frame.size();
        }
        return some;
    }

    @Override
    public boolean drainTo(Collection<? super Frame> target, int limit) {
        int packets;
        int sum;
        boolean more;
        synchronized (this) {
            int packetsBefore = frames.size();
            int bytesBefore = bytes;
            more = drain(target, limit);
            packets = packetsBefore - frames.size();
            sum = bytesBefore - bytes;
        }
        var watching = observer;
        if (watching != null && packets > 0) {
            watching.sent(packets, sum);
        }
        return more;
    }

    private boolean drain(Collection<? super Frame> target, int limit) {
        begun = true;
        int room = limit;
        for (var frame = frames.peek(); frame != null; frame = frames.peek()) {
            int size = frame.wire().length;
            if (size > room && room < limit) {
                return true;
            }
            target.add(frames.remove());
            bytes -= frame.size();
            room -= size;
        }
        emptied();
        return false;
    }

    private void emptied() {
        if (most > KEPT) {
            frames = new ArrayDeque<>(1);
            most = 0;
        } else {
            frames.clear();
        }
        bytes = 0;
    }
}
