package dev.parley.socketio.adapter;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a broadcast reaches, and how.
 *
 * @param everyone whether all of the namespace are meant; then {@code rooms} is empty. No rooms and not everyone is nobody.
 * @param rooms who is in any of them is meant
 * @param except who is in any of them is not
 * @param local only sockets of this node
 * @param isVolatile dropped for a socket that cannot be written to at once
 */
public record BroadcastOptions(
        boolean everyone, Set<String> rooms, Set<String> except, boolean local, boolean isVolatile) {

    public static final BroadcastOptions ALL = new BroadcastOptions(true, Set.of(), Set.of(), false, false);

    public BroadcastOptions {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    public BroadcastOptions to(String... more) {
        return new BroadcastOptions(false, union(rooms, more), except, local, isVolatile);
    }

    public BroadcastOptions except(String... more) {
        return new BroadcastOptions(everyone, rooms, union(except, more), local, isVolatile);
    }

    public BroadcastOptions onlyLocal() {
        return new BroadcastOptions(everyone, rooms, except, true, isVolatile);
    }

    public BroadcastOptions whenWritable() {
        return new BroadcastOptions(everyone, rooms, except, local, true);
    }

    private static Set<String> union(Set<String> names, String... more) {
        var all = new HashSet<>(names);
        all.addAll(List.of(more));
        return all;
    }
}
