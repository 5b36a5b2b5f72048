package dev.parley.engineio;

import java.util.ArrayList;
import java.util.List;

/** What waits to be written to one client, in order. */
final class WriteBuffer {

    private List<Frame> frames = new ArrayList<>(2);
    private int bytes;

    void add(Frame frame) {
        frames.add(frame);
        bytes += frame.size();
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    int packets() {
        return frames.size();
    }

    long bytes() {
        return bytes;
    }

    boolean exceeds(EngineOptions limits) {
        return bytes > limits.maxBufferedBytes() || frames.size() > limits.maxBufferedPackets();
    }

    List<Frame> takeAll() {
        var all = frames;
        frames = new ArrayList<>(2);
        bytes = 0;
        return all;
    }
}
