package dev.parley.chat;

import dev.parley.problem.Problem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * Lets things of one place be done together that arrive while earlier ones of that place are under way: what a transaction costs is
 * then shared by all who wait for it. Nobody waits for company: the first of a place is begun at once, on the thread that brings it,
 * unless too much is under way elsewhere.
 *
 * <p>Things of a place are done in the order in which they came, by one thread at a time. Of many places at once some wait for their turn,
 * in which time more comes together there: what they all need, such as connections, does more for them in few big steps than in many small
 * ones at the same time. A line has a bound, and so has the time in it.
 *
 * @param <T> a thing
 * @param <R> what becomes of it
 */
final class Gathering<T, R> {

    /** Does some things of a place, and completes each of them; must not throw. */
    interface Together<T, R> {

        void perform(UUID place, List<Waiting<T, R>> things);
    }

    /** A thing, and who waits for it. */
    record Waiting<T, R>(T thing, CompletableFuture<R> result, long since) {}

    /** More of one place at once would hold its lock for too long. */
    static final int MOST_TOGETHER = 64;

    static final int LONGEST_LINE = 1_000;

    /** Who has waited for so long in front of a database that does not answer learns of it before they give up. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ConcurrentMap<UUID, Deque<Waiting<T, R>>> lines = new ConcurrentHashMap<>();
    private final Together<T, R> together;
    private final Executor threads;
    private final LongSupplier nanoTime;
    private final int atOnce;

    /** Places whose turn has not come, each of them once. */
    private final Deque<UUID> due = new ArrayDeque<>();

    private int underWay;

    /**
     * @param threads for what is left to do when the thread that began has done its own
     * @param atOnce places, at most, in which something is under way at a time
     */
    Gathering(Together<T, R> together, Executor threads, LongSupplier nanoTime, int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("Nothing would ever be done in " + atOnce + " places at once.");
        }
        this.together = together;
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.atOnce = atOnce;
    }

    /** @throws Problem {@code unavailable} when the line is full */
    CompletionStage<R> add(UUID place, T thing) {
        Waiting<T, R> waiting = new Waiting<>(thing, new CompletableFuture<>(), nanoTime.getAsLong());
        boolean[] first = {false};
        lines.compute(place, (id, known) -> {
            first[0] = known == null;
            Deque<Waiting<T, R>> line = known == null ? new ArrayDeque<>() : known;
            if (line.size() >= LONGEST_LINE) {
                throw unavailable();
            }
            line.addLast(waiting);
            return line;
        });
        if (first[0]) {
            begin(place);
        }
        return waiting.result;
    }

    /** Places in which something is under way. */
    int size() {
        return lines.size();
    }

    private void begin(UUID place) {
        if (mayBegin(place)) {
            run(place);
        }
    }

    /** One step of a place; who has taken it looks for a thread for what is to be done next. */
    private void run(UUID place) {
        Optional<UUID> next = after(place, step(place));
        while (next.isPresent()) {
            UUID following = next.get();
            try {
                threads.execute(() -> run(following));
                return;
            } catch (RejectedExecutionException stopping) {
                next = after(following, step(following));
            }
        }
    }

    private synchronized boolean mayBegin(UUID place) {
        if (underWay < atOnce) {
            underWay++;
            return true;
        }
        due.addLast(place);
        return false;
    }

    /** Whose turn it is when one has been served: every place has waited for as long as its first thing. */
    private synchronized Optional<UUID> after(UUID served, boolean more) {
        if (more) {
            due.addLast(served);
        }
        Optional<UUID> next = Optional.ofNullable(due.pollFirst());
        if (next.isEmpty()) {
            underWay--;
        }
        return next;
    }

    /** Whether there is more to do. */
    private boolean step(UUID place) {
        List<Waiting<T, R>> things = next(place);
        if (!things.isEmpty()) {
            together.perform(place, things);
        }
        boolean[] more = {false};
        lines.computeIfPresent(place, (id, line) -> {
            more[0] = !line.isEmpty();
            return line.isEmpty() ? null : line;
        });
        return more[0];
    }

    /** Those whose turn it is; the line stays, so that who comes now waits. */
    private List<Waiting<T, R>> next(UUID place) {
        List<Waiting<T, R>> things = new ArrayList<>();
        List<Waiting<T, R>> late = new ArrayList<>();
        lines.computeIfPresent(place, (id, line) -> {
            while (!line.isEmpty() && things.size() < MOST_TOGETHER) {
                Waiting<T, R> one = line.removeFirst();
                boolean waited = nanoTime.getAsLong() - one.since > PATIENCE.toNanos();
                (waited ? late : things).add(one);
            }
            return line;
        });
        late.forEach(one -> one.result.completeExceptionally(unavailable()));
        return things;
    }

    private static Problem unavailable() {
        return Problem.unavailable("The database does not answer fast enough; try again.", RETRY);
    }
}
