package dev.parley.socketio.wildfly;

import dev.parley.engineio.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The frames of one write, put together. A broadcast's next receiver mostly gets the same frames as the one before: they are there. */
final class Outgoing {

    private final ByteBuffer buffer;
    private List<Frame> frames = new ArrayList<>();
    private List<Frame> before = new ArrayList<>();
    private boolean stays;

    Outgoing(int size) {
        buffer = ByteBuffer.allocateDirect(size);
    }

    int capacity() {
        return buffer.capacity();
    }

    /** To be filled with the frames of the next write. */
    List<Frame> frames() {
        var next = before;
        next.clear();
        before = frames;
        frames = next;
        return next;
    }

    /** The bytes of those frames, which fit. */
    ByteBuffer assemble() {
        if (stays && isSame()) {
            buffer.rewind();
            return buffer;
        }
        buffer.clear();
        for (int i = 0; i < frames.size(); i++) {
            buffer.put(frames.get(i).wire());
        }
        buffer.flip();
        stays = true;
        return buffer;
    }

    private boolean isSame() {
        if (frames.size() != before.size()) {
            return false;
        }
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i) != before.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** The buffer for something else, empty. */
    ByteBuffer blank() {
        stays = false;
        buffer.clear();
        return buffer;
    }

    /** Lets go of the frames. */
    void forget() {
        frames.clear();
        before.clear();
        stays = false;
    }
}
