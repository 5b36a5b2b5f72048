package dev.parley.socketio.adapter;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Numbers events and delivers them in the order of their numbers, to each client too: an offset means "all up to here". That takes a
 * lock around the delivery, which only hands frames to sessions and never blocks; a queue instead would have no bound. What a thread
 * starts while it delivers (a handler may run on it) waits until it has done so.
 */
final class Sequencer {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> nested = new ArrayDeque<>(0);

    /** Runs the task while no other runs. */
    void run(Runnable task) {
        if (lock.isHeldByCurrentThread()) {
            nested.add(task);
            return;
        }
        lock.lock();
        try {
            task.run();
        } finally {
            try {
                drain();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Runs the task behind what this thread has put in, beside what others do. */
    void behind(Runnable task) {
        if (lock.isHeldByCurrentThread()) {
            nested.add(task);
        } else {
            task.run();
        }
    }

    private void drain() {
        for (var next = nested.poll(); next != null; next = nested.poll()) {
            try {
                next.run();
            } catch (RuntimeException | Error failure) {
                // whoever started it has gone on
                System.getLogger(Sequencer.class.getName())
                        .log(System.Logger.Level.ERROR, "A broadcast failed", failure);
            }
        }
    }
}
