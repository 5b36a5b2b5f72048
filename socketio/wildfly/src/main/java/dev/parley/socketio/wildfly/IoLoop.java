package dev.parley.socketio.wildfly;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * own thread touches it, but for {@link #dirty} and what that leaves for other loops ({@code take}).
 */
final class IoLoop implements Runnable {

    /** Of one read and one write: as much as a socket's own buffers usually take at a time. */
    static final int BUFFER = 128 * 1024;

    private final XnioIoThread thread;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] bytes = new byte[BUFFER];
    private final Outgoing outgoing = new Outgoing(BUFFER);

    private final Map<XnioIoThread, IoLoop> all;

    /** Sockets that became dirty on this thread: its own, and those of other loops, which get them in one go. */
    private List<DirectSocket> mine = new ArrayList<>();

    private List<DirectSocket> spare = new ArrayList<>();
    private final Map<IoLoop, List<DirectSocket>> theirs = new HashMap<>();
    /** From other threads. */
    private final Queue<List<DirectSocket>> others = new ConcurrentLinkedQueue<>();

    private boolean planned;
    private final AtomicBoolean called = new AtomicBoolean();

    /** @param all the loops of the door, by their threads */
    IoLoop(XnioIoThread thread, Map<XnioIoThread, IoLoop> all) {
        this.thread = thread;
        this.all = all;
    }

    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    /** A socket of this loop has something to write; any thread. */
    void dirty(DirectSocket socket) {
        if (isHere()) {
            mine.add(socket);
            plan();
            return;
        }
        // Waking another thread at the first of a thousand sockets would let the two chase each other through the rest.
        var here = Thread.currentThread() instanceof XnioIoThread io ? all.get(io) : null;
        if (here == null) {
            take(List.of(socket));
        } else {
            here.theirs.computeIfAbsent(this, loop -> new ArrayList<>()).add(socket);
            here.plan();
        }
    }

    private void plan() {
        if (!planned) {
            planned = true;
            execute(this); // after all that was read in this turn, so that the answers gather
        }
    }

    private void take(List<DirectSocket> sockets) {
        others.add(sockets);
        if (called.compareAndSet(false, true)) {
            execute(this);
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
        if (!theirs.isEmpty()) {
            theirs.forEach(IoLoop::take);
            theirs.clear();
        }
        var dirty = mine;
        mine = spare;
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
        spare = dirty;
        for (var sockets = others.poll(); sockets != null; sockets = others.poll()) {
            sockets.forEach(DirectSocket::flush);
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
