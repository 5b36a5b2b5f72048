package dev.parley.engineio;

import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Many deadlines on one scheduled wake-up. A cancelled one is forgotten at once, so that closed sessions leave nothing behind until
 * their time would have come.
 */
public final class Timers {

    private final ScheduledExecutorService scheduler;
    private final LongSupplier clock;
    private final long origin;
    private final ConcurrentSkipListSet<Timer> timers = new ConcurrentSkipListSet<>(
            Comparator.comparingLong(Timer::deadline).thenComparingLong(timer -> timer.number));
    private final AtomicLong numbers = new AtomicLong();
    /** When the scheduler is going to wake us. One that is early enough serves all later deadlines, so they stay few. */
    private final ConcurrentSkipListSet<Long> wakeUps = new ConcurrentSkipListSet<>();

    private volatile boolean closed;

    /** By the clock of {@link System#nanoTime}. */
    public Timers(ScheduledExecutorService scheduler) {
        this(scheduler, System::nanoTime);
    }

    /** @param clock nanoseconds, in step with the scheduler */
    public Timers(ScheduledExecutorService scheduler, LongSupplier clock) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.origin = clock.getAsLong();
    }

    /** A deadline that has not come and was not cancelled. */
    public final class Timer {

        private final long deadline;
        private final long number;
        private final Runnable task;

        private Timer(long deadline, Runnable task) {
            this.deadline = deadline;
            this.number = numbers.incrementAndGet();
            this.task = task;
        }

        long deadline() {
            return deadline;
        }

        /** False when the task has been started or was cancelled before. */
        public boolean cancel() {
            return timers.remove(this);
        }
    }

    /** Nanoseconds since these timers were made. */
    long now() {
        return clock.getAsLong() - origin;
    }

    /** Runs the task when the time has passed; it must be short and must not block. */
    public Timer after(Duration delay, Runnable task) {
        return at(now() + delay.toNanos(), task);
    }

    Timer at(long deadline, Runnable task) {
        var timer = new Timer(deadline, task);
        if (!closed) {
            timers.add(timer);
            wakeUpAt(deadline);
        }
        return timer;
    }

    /** Deadlines still to come. */
    public int pending() {
        return timers.size();
    }

    /** Forgets all; what is set later never comes. */
    public void close() {
        closed = true;
        timers.clear();
    }

    private void wakeUpAt(long deadline) {
        if (wakeUps.floor(deadline) == null && wakeUps.add(deadline)) {
            schedule(deadline);
        }
    }

    private void schedule(long deadline) {
        try {
            var unused = scheduler.schedule(() -> wake(deadline), Math.max(0, deadline - now()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The scheduler was stopped before us: there is no time any more.
            close();
        }
    }

    private void wake(long planned) {
        wakeUps.remove(planned); // before the deadlines are looked at: who adds one from now on plans anew
        for (var timer : timers) {
            if (timer.deadline > now()) {
                wakeUpAt(timer.deadline);
                return;
            }
            if (timer.cancel()) {
                run(timer.task);
            }
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            System.getLogger(Timers.class.getName()).log(System.Logger.Level.ERROR, "A timer's task failed", e);
        }
    }
}
