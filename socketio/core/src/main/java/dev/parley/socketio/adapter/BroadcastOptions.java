package dev.parley.socketio.adapter;

import java.io.Serializable;
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
 * @param compress whether the transport may compress it, where it can
 */
public record BroadcastOptions(
        boolean everyone, Set<String> rooms, Set<String> except, boolean local, boolean isVolatile, boolean compress)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Everybody on all nodes, compressed where that is possible. */
    public static final BroadcastOptions ALL = new BroadcastOptions(true, Set.of(), Set.of(), false, false, true);

    public BroadcastOptions {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** @throws IllegalArgumentException when no room is given: that would reach nobody, or everybody in Node */
    public BroadcastOptions to(String... more) {
        if (more.length == 0) {
            throw new IllegalArgumentException("to() without a room: name one, or use all() or broadcast()");
        }
        return new BroadcastOptions(false, union(rooms, more), except, local, isVolatile, compress);
    }

    /** The same without who is in any of these rooms too. */
    public BroadcastOptions except(String... more) {
        return new BroadcastOptions(everyone, rooms, union(except, more), local, isVolatile, compress);
    }

    /** The same, but this node's sockets only. */
    public BroadcastOptions onlyLocal() {
        return new BroadcastOptions(everyone, rooms, except, true, isVolatile, compress);
    }

    /** The same, but dropped for who cannot be written to at once. */
    public BroadcastOptions whenWritable() {
        return new BroadcastOptions(everyone, rooms, except, local, true, compress);
    }

    /** The same, compressed or not. */
    public BroadcastOptions compress(boolean allowed) {
        return new BroadcastOptions(everyone, rooms, except, local, isVolatile, allowed);
    }

    private static Set<String> union(Set<String> names, String... more) {
        var all = new HashSet<>(names);
        all.addAll(List.of(more));
        return all;
    }
}
