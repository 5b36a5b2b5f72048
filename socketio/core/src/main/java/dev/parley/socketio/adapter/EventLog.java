package dev.parley.socketio.adapter;

import dev.parley.socketio.protocol.Outgoing;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The latest events of a namespace, by position. Bounded; has one owner at a time. */
final class EventLog {

    /** What an event costs besides its text. */
    private static final int OVERHEAD = 256;

    private record Entry(Outgoing message, BroadcastOptions options, long bytes) {}

    private final int maxPackets;
    private final long maxBytes;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private long bytes;
    private long forgotten;

    EventLog(int maxPackets, long maxBytes) {
        this.maxPackets = maxPackets;
        this.maxBytes = maxBytes;
    }

    void add(Outgoing message, BroadcastOptions options) {
        long size = OVERHEAD;
        for (var frame : message.frames()) {
            size += frame.size();
        }
        entries.put(message.sequence(), new Entry(message, options, size));
        bytes += size;
        while (entries.size() > maxPackets || bytes > maxBytes) {
            forgetFirst();
        }
    }

    private void forgetFirst() {
        var first = entries.pollFirstEntry();
        forgotten = first.getKey();
        bytes -= first.getValue().bytes();
    }

    void forgetUpTo(long position) {
        while (!entries.isEmpty() && entries.firstKey() <= position) {
            forgetFirst();
        }
    }

    /** Whether nothing from that position on was forgotten. */
    boolean reachesBackTo(long position) {
        return position > forgotten;
    }

    /** In order; found without a walk through what lies before. */
    List<Outgoing> from(long position, Predicate<BroadcastOptions> meant) {
        return entries.tailMap(position).values().stream()
                .filter(entry -> meant.test(entry.options()))
                .map(Entry::message)
                .toList();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }
}
