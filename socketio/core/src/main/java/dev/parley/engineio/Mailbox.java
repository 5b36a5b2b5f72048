package dev.parley.engineio;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Runs tasks one at a time, in the order in which they were put in: what they touch has one owner and needs no lock. Whoever puts
 * tasks in bounds their number.
 */
public final class Mailbox {

    /** Tasks after which others get a turn. */
    private static final int TURN = 128;

    private static final AtomicIntegerFieldUpdater<Mailbox> OFFERED =
            AtomicIntegerFieldUpdater.newUpdater(Mailbox.class, "offered");
    private static final AtomicIntegerFieldUpdater<Mailbox> ASKED =
            AtomicIntegerFieldUpdater.newUpdater(Mailbox.class, "asked");

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Executor executor;
    private final boolean inline;
    /** 1 while the tasks wait for a thread, and any may take them. */
    @SuppressWarnings("unused") // changed by way of OFFERED
    private volatile int offered;
    /** 1 while the executor has been asked for a thread and has not given one. */
    @SuppressWarnings("unused") // changed by way of ASKED
    private volatile int asked;

    private Mailbox(Executor executor, boolean inline) {
        this.executor = executor;
        this.inline = inline;
    }

    /** Tasks run on the executor; they may block. */
    public static Mailbox on(Executor executor) {
        return new Mailbox(executor, false);
    }

    /**
     * Tasks run at once on the thread that finds the mailbox idle, else on the one that is busy with it; they must not block. The
     * executor takes over from a thread that was kept for long.
     */
    public static Mailbox inline(Executor executor) {
        return new Mailbox(executor, true);
    }

    /** Never blocks; a task put in by a task runs after it. */
    public void put(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            if (inline) {
                run();
            } else {
                handOver();
            }
        } else if (inline && OFFERED.compareAndSet(this, 1, 0)) {
            run();
        }
    }

    /** As {@link #put}, but a task that finds the mailbox idle runs at once on the calling thread; it must not block. */
    public void putInline(Runnable task) {
        if (!waiting.compareAndSet(0, 1)) {
            put(task);
            return;
        }
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            report(e);
        }
        if (waiting.decrementAndGet() > 0) {
            handOver(); // what was put in meanwhile may block
        }
    }

    private void handOver() {
        if (!handedOver()) {
            run();
        }
    }

    /** False when the caller has to go on itself: the pool is full or stopped, the order must hold and nothing may be lost. */
    private boolean handedOver() {
        if (inline) {
            return offered();
        }
        try {
            executor.execute(this::run);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /**
     * Inline tasks are offered to the executor, and until it comes to them to whoever puts in the next: a heartbeat, say, while all
     * threads of the executor are busy with slow handlers.
     */
    private boolean offered() {
        if (!ASKED.compareAndSet(this, 0, 1)) {
            return false; // the executor has not even come to the request before
        }
        OFFERED.set(this, 1);
        try {
            executor.execute(() -> {
                ASKED.set(this, 0);
                takeUp();
            });
            return true;
        } catch (RejectedExecutionException e) {
            ASKED.set(this, 0);
            return !OFFERED.compareAndSet(this, 1, 0);
        }
    }

    private void takeUp() {
        if (OFFERED.compareAndSet(this, 1, 0)) {
            run();
        }
    }

    private void run() {
        for (int done = 1; ; done++) {
            var task = tasks.poll();
            try {
                if (task != null) {
                    task.run();
                }
            } catch (RuntimeException | Error e) {
                report(e);
            }
            if (waiting.decrementAndGet() == 0) {
                return;
            }
            if (done % TURN == 0 && handedOver()) {
                return;
            }
        }
    }

    private static void report(Throwable failure) {
        System.getLogger(Mailbox.class.getName()).log(System.Logger.Level.ERROR, "A task failed", failure);
    }
}
