package dev.parley.web.realtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the facts of a room in the order in which they became true.
 *
 * <p>Facts of one room are fired one after the other, under the lock of the room's row; but the transactions' ends are told to
 * observers on whatever thread committed, so that a later fact may overtake an earlier one on its way out. Each fact therefore
 * takes a place in its room's line when it is fired and is told when it and everything before it has ended. No fact waits for a
 * sequence number that may never come: a place always ends, by commit or by what became of a failed one, and what other nodes say is not waited for
 * (they broadcast themselves; a client puts messages into the order of their seq anyway).
 *
 * <p>Should the end of a place never be told, it is passed over after a while, and should a line grow beyond its bound, its oldest
 * place is. What is told then may be out of order, or missing until the client's next sync, but nothing waits for ever.
 *
 * <p>Nothing is held while telling: one thread tells for a room at a time, and others leave their facts to it.
 */
final class RoomOrder<T> {

    private static final int LONGEST = 1_000;
    /** Longer than the database lets any transaction of ours take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ConcurrentMap<UUID, Line<T>> lines = new ConcurrentHashMap<>();
    private final Consumer<T> tell;
    private final LongSupplier nanoTime;

    /** @param tell called by one thread at a time for each room; must neither block nor throw */
    RoomOrder(Consumer<T> tell, LongSupplier nanoTime) {
        this.tell = tell;
        this.nanoTime = nanoTime;
    }

    /** Takes the next place of the room's line for a fact, whose identity counts. */
    void fired(UUID roomId, T fact) {
        lines.compute(roomId, (id, known) -> {
            Line<T> line = known == null ? new Line<>() : known;
            if (line.places.size() >= LONGEST) {
                line.places.removeFirst();
            }
            line.places.addLast(new Place<>(fact, nanoTime.getAsLong()));
            return line;
        });
    }

    /** Tells the fact, and those behind it that waited for it. */
    void committed(UUID roomId, T fact) {
        settled(roomId, fact, Optional.of(fact));
    }

    /**
     * Ends the fact's place.
     *
     * @param outcome what is told in its place, if anything
     */
    void settled(UUID roomId, T fact, Optional<T> outcome) {
        if (ended(roomId, fact, outcome)) {
            tellWhatIsReady(roomId);
        } else {
            outcome.ifPresent(tell);
        }
    }

    /** Rooms in which something is under way. */
    int size() {
        return lines.size();
    }

    private boolean ended(UUID roomId, T fact, Optional<T> outcome) {
        boolean[] found = {false};
        lines.computeIfPresent(roomId, (id, line) -> {
            for (Place<T> place : line.places) {
                if (place.fact == fact) {
                    place.open = false;
                    place.outcome = outcome;
                    found[0] = true;
                }
            }
            return line;
        });
        return found[0];
    }

    private void tellWhatIsReady(UUID roomId) {
        T next = next(roomId, false);
        while (next != null) {
            tell.accept(next);
            next = next(roomId, true);
        }
    }

    /** The first of the line if it is ready and nobody else is telling; the teller stays the teller until there is none. */
    private @Nullable T next(UUID roomId, boolean teller) {
        Deque<T> taken = new ArrayDeque<>(1);
        lines.computeIfPresent(roomId, (id, line) -> {
            if (line.telling && !teller) {
                return line;
            }
            line.telling = false;
            Place<T> first = line.places.peekFirst();
            while (first != null && taken.isEmpty() && (!first.open || overdue(first))) {
                line.places.removeFirst();
                if (first.outcome.isPresent()) {
                    taken.add(first.outcome.get());
                    line.telling = true;
                }
                first = line.places.peekFirst();
            }
            return line.places.isEmpty() && !line.telling ? null : line;
        });
        return taken.peekFirst();
    }

    private boolean overdue(Place<T> place) {
        return nanoTime.getAsLong() - place.since > PATIENCE.toNanos();
    }

    private static final class Line<T> {

        private final Deque<Place<T>> places = new ArrayDeque<>();
        private boolean telling;
    }

    private static final class Place<T> {

        private final T fact;
        private final long since;
        private boolean open = true;
        /** What is to be told, when it is not open any more. */
        private Optional<T> outcome = Optional.empty();

        Place(T fact, long since) {
            this.fact = fact;
            this.since = since;
        }
    }
}
