package dev.parley.engineio;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections and holds them to the limits. */
final class Population {

    static final Refusal FULL = new Refusal(503, 4, "Too many connections");
    static final Refusal CROWDED = new Refusal(429, 4, "Too many connections from this address");

    private final ConnectionLimits limits;
    private final AtomicInteger total = new AtomicInteger();
    private final AtomicInteger silent = new AtomicInteger();
    /** Kept only where there is a limit. */
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    Population(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** Why nobody can come in from there now. */
    Optional<Refusal> refuse(String address) {
        if (total.get() >= limits.total() || silent.get() >= limits.silent()) {
            return Optional.of(FULL);
        }
        return countsAddresses() && byAddress.getOrDefault(address, 0) >= limits.perAddress()
                ? Optional.of(CROWDED)
                : Optional.empty();
    }

    /** Counts a silent newcomer in, unless there is no room; decides for all threads that ask at once. */
    Optional<Refusal> enter(String address) {
        if (!take(total, limits.total())) {
            return Optional.of(FULL);
        }
        if (!take(silent, limits.silent())) {
            total.decrementAndGet();
            return Optional.of(FULL);
        }
        if (countsAddresses() && !takeOf(address)) {
            total.decrementAndGet();
            silent.decrementAndGet();
            return Optional.of(CROWDED);
        }
        return Optional.empty();
    }

    /** One that was silent has sent something. */
    void heard() {
        silent.decrementAndGet();
    }

    void leave(String address, boolean wasHeard) {
        total.decrementAndGet();
        if (!wasHeard) {
            silent.decrementAndGet();
        }
        if (countsAddresses()) {
            byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean countsAddresses() {
        return limits.perAddress() < Integer.MAX_VALUE;
    }

    private static boolean take(AtomicInteger count, int limit) {
        if (count.incrementAndGet() <= limit) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    private boolean takeOf(String address) {
        var taken = new boolean[1];
        byAddress.compute(address, (key, count) -> {
            int before = count == null ? 0 : count;
            taken[0] = before < limits.perAddress();
            return taken[0] ? Integer.valueOf(before + 1) : count;
        });
        return taken[0];
    }
}
