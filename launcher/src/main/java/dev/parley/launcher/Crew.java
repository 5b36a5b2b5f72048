package dev.parley.launcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All processes of one launch: whoever starts one adds it the same moment, so that whatever happens next, {@link #close}
 * stops it. What is added while the crew stops is stopped as well.
 */
public final class Crew implements AutoCloseable {

    private final Deque<Child> children = new ArrayDeque<>();
    private final Lock leaving = new ReentrantLock();
    private boolean closing;

    /** Takes charge of {@code child} and gives it back. */
    public synchronized Child add(Child child) {
        if (closing) {
            child.kill();
            throw new LaunchException(child.name() + " is not started any more: everything is being stopped");
        }
        children.push(child);
        return child;
    }

    /** Stops one early and forgets it. */
    public void dismiss(Child child) {
        synchronized (this) {
            children.remove(child);
        }
        child.close();
    }

    /** Whoever has ended although nobody asked it to. */
    public synchronized Optional<Child> deserter() {
        return closing
                ? Optional.empty()
                : children.stream().filter(child -> !child.alive()).findFirst();
    }

    public synchronized boolean closing() {
        return closing;
    }

    /** Stops all, the last started first; whoever calls it, even second, returns when all are gone. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        leaving.lock();
        try {
            for (Optional<Child> last = last(); last.isPresent(); last = last()) {
                last.get().close();
            }
        } finally {
            leaving.unlock();
        }
    }

    private synchronized Optional<Child> last() {
        return Optional.ofNullable(children.poll());
    }
}
