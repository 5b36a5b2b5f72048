package dev.parley.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The answers that one socket's client owes us, by id. Each is given up by whoever asked for it, when its time has passed; there are
 * never more than the limit, so that a client that never answers costs no memory.
 */
final class Acknowledgements {

    /** Who waits for one answer. */
    record Waiter(Consumer<List<JsonNode>> answered, Runnable gone) {}

    private final int limit;
    private final Map<Long, Waiter> waiters = new ConcurrentHashMap<>(1);

    Acknowledgements(int limit) {
        this.limit = limit;
    }

    /** False when the client owes too many already (threads that ask at the same time may exceed that by one each). */
    boolean expect(long id, Waiter waiter) {
        if (waiters.size() >= limit) {
            return false;
        }
        waiters.put(id, waiter);
        return true;
    }

    /** False when it was answered or forgotten before. */
    boolean forget(long id) {
        return waiters.remove(id) != null;
    }

    /** An id that nobody waits for is ignored. */
    void answer(long id, List<JsonNode> arguments) {
        var waiter = waiters.remove(id);
        if (waiter != null) {
            waiter.answered.accept(arguments);
        }
    }

    void abandonAll() {
        for (var id : List.copyOf(waiters.keySet())) {
            var waiter = waiters.remove(id);
            if (waiter != null) {
                waiter.gone.run();
            }
        }
    }

    int pending() {
        return waiters.size();
    }
}
