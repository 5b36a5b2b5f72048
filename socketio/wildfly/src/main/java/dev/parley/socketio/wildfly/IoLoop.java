package dev.parley.socketio.wildfly;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * What the sockets of one IO thread share: the buffers they read into and write from, and the queue of those that have something to
 * write. However many packets are sent in a burst, and by whatever thread, one task writes them, each socket's in one write. Only its
 * own thread touches it, but for {@link #dirty}.
 */
final class IoLoop implements Runnable {

    /** Of one read and one write: as much as a socket's own buffers usually take at a time. */
    static final int BUFFER = 128 * 1024;

    private final XnioIoThread thread;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] bytes = new byte[BUFFER];
    private final Outgoing outgoing = new Outgoing(BUFFER);

    /** Sockets that became dirty on this thread, and on others. */
    private List<DirectSocket> mine = new ArrayList<>();

    private List<DirectSocket> spare = new ArrayList<>();
    private final Queue<DirectSocket> others = new ConcurrentLinkedQueue<>();
    private boolean planned;
    private final AtomicBoolean called = new AtomicBoolean();

    IoLoop(XnioIoThread thread) {
        this.thread = thread;
    }

    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    /** A socket has something to write; any thread. */
    void dirty(DirectSocket socket) {
        if (isHere()) {
            mine.add(socket);
            if (!planned) {
                planned = true;
                execute(this); // after all that was read in this turn, so that the answers gather
            }
        } else {
            others.add(socket);
            if (called.compareAndSet(false, true)) {
                execute(this);
            }
        }
    }

    /** Runs a task here; one that comes when the server is shutting down is forgotten, as its sockets are closed. */
    void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException | IllegalStateException e) {
            System.getLogger(IoLoop.class.getName())
                    .log(System.Logger.Level.DEBUG, "The IO thread has ended: {0}", e.toString());
        }
    }

    /** Runs a task here later; null when the server is shutting down. On this thread only. */
    XnioExecutor.@Nullable Key after(long milliseconds, Runnable task) {
        try {
            return thread.executeAfter(task, milliseconds, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | IllegalStateException e) {
            return null;
        }
    }

    @Override
    public void run() {
        planned = false;
        called.set(false);
        var dirty = mine;
        mine = spare;
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
        spare = dirty;
        for (var socket = others.poll(); socket != null; socket = others.poll()) {
            socket.flush();
        }
    }

    ByteBuffer in() {
        return in;
    }

    byte[] bytes() {
        return bytes;
    }

    Outgoing outgoing() {
        return outgoing;
    }
}
