package dev.parley.socketio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Listeners of one kind in their order; whoever walks through them sees those that were there when the walk began. */
final class Listeners<L> {

    private volatile List<L> all = List.of();

    List<L> all() {
        return all;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    synchronized void add(L listener) {
        var more = new ArrayList<>(all);
        more.add(listener);
        all = List.copyOf(more);
    }

    synchronized void prepend(L listener) {
        var more = new ArrayList<L>();
        more.add(listener);
        more.addAll(all);
        all = List.copyOf(more);
    }

    /** Removes the one that was added last of those that fit. */
    synchronized boolean remove(Predicate<L> which) {
        var fewer = new ArrayList<>(all);
        for (int i = fewer.size() - 1; i >= 0; i--) {
            if (which.test(fewer.get(i))) {
                fewer.remove(i);
                all = List.copyOf(fewer);
                return true;
            }
        }
        return false;
    }

    synchronized void clear() {
        all = List.of();
    }

    /** Takes over what another one has. */
    synchronized void addAll(Listeners<L> other) {
        var more = new ArrayList<>(all);
        more.addAll(other.all);
        all = List.copyOf(more);
    }
}
