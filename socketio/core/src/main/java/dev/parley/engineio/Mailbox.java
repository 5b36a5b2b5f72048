package dev.parley.engineio;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one at a time, in the order in which they were put in: what they touch has one owner and needs no lock. Whoever puts
 * tasks in bounds their number.
 */
public final class Mailbox {

    /** Tasks after which others get a turn. */
    private static final int TURN = 128;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Executor executor;
    private final boolean inline;

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
        }
    }

    private void handOver() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            // The pool is full or stopped. The order must hold and nothing may be lost, so the caller does the work.
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
            if (done == TURN) {
                handOver();
                return;
            }
        }
    }

    private static void report(Throwable failure) {
        System.getLogger(Mailbox.class.getName()).log(System.Logger.Level.ERROR, "A task failed", failure);
    }
}
