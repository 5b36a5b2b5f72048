package dev.parley.socketio.wildfly;

import dev.parley.engineio.Frame;
import dev.parley.engineio.FrameSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;

/**
 * Writes frames to one connection and keeps what it does not take at once. On the connection's IO thread, but for {@link #isCongested};
 * by way of the loop's buffer, which is direct: a heap buffer would be copied into one of its whole size.
 */
final class FrameWriter {

    /** A client that takes nothing for so long is gone, milliseconds. */
    static final long PATIENCE = 30_000;

    private final IoLoop loop;
    private final StreamConnection connection;
    private final boolean isSecure;
    private volatile boolean congested;
    /** What a write left over, null when all has gone. */
    private @Nullable ArrayDeque<ByteBuffer> rest;

    /** When the client took something, or began to take less than there was; written by the IO thread alone. */
    private volatile long lastProgress;
    /** Looks whether the client takes what is left over. */
    private XnioExecutor.@Nullable Key progress;

    FrameWriter(IoLoop loop, StreamConnection connection, boolean isSecure) {
        this.loop = loop;
        this.connection = connection;
        this.isSecure = isSecure;
    }

    /** Whether the connection has not taken all that was written; any thread. */
    boolean isCongested() {
        return congested;
    }

    /** Another number whenever the client has taken something while the connection was congested; any thread. */
    long progress() {
        return lastProgress;
    }

    /** Writes a frame, or keeps what of it is not taken. */
    void write(ByteBuffer frame) throws IOException {
        if (!congested && !taken(frame)) {
            congest();
        }
        if (frame.hasRemaining() && rest != null) {
            rest.add(frame);
        }
    }

    /** One write of as much as fits; whether there is more. */
    boolean writeFrom(FrameSource source) throws IOException {
        var outgoing = loop.outgoing();
        var frames = outgoing.frames();
        boolean more = source.drainTo(frames, outgoing.capacity());
        if (frames.isEmpty()) {
            return false;
        }
        var first = frames.getFirst().wire();
        if (frames.size() == 1 && first.length > outgoing.capacity()) {
            write(ByteBuffer.wrap(first));
            return more;
        }
        var buffer = outgoing.assemble();
        connection.getSinkChannel().write(buffer);
        if (buffer.hasRemaining() || flushIsPending()) {
            congest();
            keep(frames, buffer.position());
        }
        return more;
    }

    /** The connection can take more; whether all that was kept has gone now. */
    boolean goOn() throws IOException {
        var waiting = rest;
        if (waiting == null) {
            connection.getSinkChannel().suspendWrites();
            return false;
        }
        if (flushIsPending()) {
            return false;
        }
        for (var frame = waiting.peek(); frame != null; frame = waiting.peek()) {
            boolean taken = taken(frame);
            if (!frame.hasRemaining()) {
                waiting.remove();
            }
            if (!taken) {
                return false;
            }
        }
        end();
        connection.getSinkChannel().suspendWrites();
        return true;
    }

    /** Forgets what was kept. */
    void end() {
        rest = null;
        congested = false;
        if (progress != null) {
            progress.remove();
            progress = null;
        }
    }

    /** Whether the connection has taken the whole frame, and would take more. */
    private boolean taken(ByteBuffer frame) throws IOException {
        while (frame.hasRemaining()) {
            var buffer = loop.outgoing().blank();
            int count = Math.min(buffer.remaining(), frame.remaining());
            buffer.put(frame.slice(frame.position(), count)).flip();
            if (connection.getSinkChannel().write(buffer) > 0) {
                lastProgress = System.nanoTime();
            }
            frame.position(frame.position() + buffer.position());
            if (buffer.hasRemaining() || flushIsPending()) {
                return false;
            }
        }
        return true;
    }

    /** TLS may hold encrypted bytes that the kernel has not taken. */
    private boolean flushIsPending() throws IOException {
        return isSecure && !connection.getSinkChannel().flush();
    }

    private void keep(List<Frame> frames, int written) {
        int skip = written;
        for (var frame : frames) {
            var wire = frame.wire();
            if (skip < wire.length && rest != null) {
                rest.add(ByteBuffer.wrap(wire).position(skip));
            }
            skip = Math.max(0, skip - wire.length);
        }
    }

    private void congest() {
        if (rest == null) {
            rest = new ArrayDeque<>();
            congested = true;
            lastProgress = System.nanoTime();
            connection.getSinkChannel().resumeWrites();
            progress = loop.after(PATIENCE, this::checkProgress);
        }
    }

    private void checkProgress() {
        if (rest == null) {
            return;
        }
        long idle = (System.nanoTime() - lastProgress) / 1_000_000;
        if (idle >= PATIENCE) {
            IoUtils.safeClose(connection);
        } else {
            progress = loop.after(PATIENCE - idle, this::checkProgress);
        }
    }
}
