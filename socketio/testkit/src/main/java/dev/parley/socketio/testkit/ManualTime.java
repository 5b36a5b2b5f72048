package dev.parley.socketio.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A clock that stands still until told otherwise, and what is to happen by it: no test needs to sleep. */
public final class ManualTime extends AbstractExecutorService implements ScheduledExecutorService {

    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>(
            Comparator.<Task<?>>comparingLong(task -> task.at).thenComparing(task -> task.number));
    private long now;
    private long numbers;
    private boolean stopped;

    /** Nanoseconds since this clock was made. */
    public synchronized long nanos() {
        return now;
    }

    /** Runs, in order and on the caller's thread, what is due until then. */
    public void advance(Duration time) {
        long end = nanos() + time.toNanos();
        for (var next = due(end); next != null; next = due(end)) {
            next.run();
        }
        synchronized (this) {
            now = Math.max(now, end);
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Task<?> due(long end) {
        var next = tasks.peek();
        if (next == null || next.at > end) {
            return null;
        }
        tasks.remove(next);
        now = Math.max(now, next.at);
        return next;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    command.run();
                    return Boolean.TRUE;
                },
                delay,
                unit);
    }

    @Override
    public synchronized <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        if (stopped) {
            throw new RejectedExecutionException("time has been stopped");
        }
        var task = new Task<>(callable, now + unit.toNanos(delay), numbers++);
        tasks.add(task);
        return task;
    }

    /** Not used by the server: each task plans its successor. */
    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return schedule(
                () -> {
                    command.run();
                    if (!isShutdown()) {
                        var unused = scheduleAtFixedRate(command, period, period, unit);
                    }
                },
                initialDelay,
                unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return scheduleAtFixedRate(command, initialDelay, delay, unit);
    }

    @Override
    public void execute(Runnable command) {
        command.run();
    }

    @Override
    public synchronized void shutdown() {
        stopped = true;
        tasks.clear();
    }

    @Override
    public synchronized List<Runnable> shutdownNow() {
        List<Runnable> left = new ArrayList<>(tasks);
        shutdown();
        return left;
    }

    @Override
    public synchronized boolean isShutdown() {
        return stopped;
    }

    @Override
    public boolean isTerminated() {
        return isShutdown();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isShutdown();
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

        private final long at;
        private final long number;

        Task(Callable<V> callable, long at, long number) {
            super(callable);
            this.at = at;
            this.number = number;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            synchronized (ManualTime.this) {
                tasks.remove(this);
            }
            return super.cancel(mayInterrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - nanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
