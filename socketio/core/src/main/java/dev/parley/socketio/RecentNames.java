package dev.parley.socketio;

import java.util.LinkedHashSet;
import java.util.Set;

/** The latest so many names: whoever goes on naming new ones makes it forget the oldest. For any thread. */
final class RecentNames {

    private final int limit;
    /** Guarded by this. Immutable and empty, as mostly, until it is needed. */
    private Set<String> names = Set.of();

    RecentNames(int limit) {
        this.limit = limit;
    }

    synchronized void add(String name) {
        if (names.isEmpty()) {
            names = new LinkedHashSet<>(2);
        }
        names.remove(name); // it is the latest again
        names.add(name);
        if (names.size() > limit) {
            names.remove(names.iterator().next());
        }
    }

    synchronized void remove(String name) {
        if (!names.isEmpty()) {
            names.remove(name);
        }
    }

    synchronized boolean contains(String name) {
        return names.contains(name);
    }
}
