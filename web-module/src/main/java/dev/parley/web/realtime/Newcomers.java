package dev.parley.web.realtime;

import dev.parley.chat.Room;
import dev.parley.socketio.Socket;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sockets between the moment in which they join their rooms and the one in which nothing can be told any more that their snapshot
 * holds already.
 *
 * <p>A socket joins first and is told the state of things then, so that nothing is missed; what the snapshot counts is told to it no
 * second time. Messages that are told before the snapshot is known wait here, those that it does not hold follow it. What is told after
 * it but was committed before is recognised by its seq and left out.
 */
@ApplicationScoped
class Newcomers {

    private final ConcurrentMap<String, Newcomer> bySocket = new ConcurrentHashMap<>();

    /** Read by who tells, from the look at who is new until all are told: nobody becomes new, and joins, in between. */
    private final ReadWriteLock telling = new ReentrantReadWriteLock();

    private record Waiting(UUID roomId, long seq, ChatBroadcasts.Said said) {}

    private static final class Newcomer {

        private final Socket socket;
        private final Set<UUID> rooms;
        private final List<Waiting> waiting = new ArrayList<>();
        /** What the snapshot holds of each room; null while it is being read. */
        private @Nullable Map<UUID, Long> seen;

        Newcomer(Socket socket, Set<UUID> rooms) {
            this.socket = socket;
            this.rooms = rooms;
        }

        /** Whether the room's broadcast shall leave this socket out. */
        synchronized boolean isApart(UUID roomId, long seq, ChatBroadcasts.Said said) {
            if (!rooms.contains(roomId)) {
                return false;
            }
            if (seen == null) {
                waiting.add(new Waiting(roomId, seq, said));
                return true;
            }
            return seq <= seen.getOrDefault(roomId, 0L);
        }

        /** From here on only what the snapshot holds is kept from it; what it does not hold is sent before anything newer can be. */
        synchronized void settled(Map<UUID, Long> snapshot) {
            seen = snapshot;
            waiting.stream()
                    .filter(one -> one.seq > snapshot.getOrDefault(one.roomId, Long.MAX_VALUE))
                    .forEach(one -> socket.emit("message", one.said));
            waiting.clear();
        }
    }

    /**
     * Before the socket joins its rooms.
     *
     * @param rooms that it is about to join; what is told in others that it joins later reaches it as everybody
     */
    void expect(Socket socket, Set<UUID> rooms) {
        telling.writeLock().lock();
        try {
            bySocket.put(socket.id(), new Newcomer(socket, Set.copyOf(rooms)));
        } finally {
            telling.writeLock().unlock();
        }
    }

    /** Right after the snapshot was sent, still in the socket's connection listener: what it does not hold follows. */
    void told(Socket socket, List<Room> snapshot) {
        Newcomer newcomer = bySocket.get(socket.id());
        if (newcomer != null) {
            newcomer.settled(snapshot.stream().collect(Collectors.toMap(Room::id, Room::lastSeq)));
        }
    }

    /** Some time after that, or when it is gone. */
    void forget(Socket socket) {
        bySocket.remove(socket.id());
    }

    /** @param broadcast is given the sockets that it must leave out; must not block */
    void tell(UUID roomId, long seq, ChatBroadcasts.Said said, Consumer<String[]> broadcast) {
        telling.readLock().lock();
        try {
            broadcast.accept(apart(roomId, seq, said));
        } finally {
            telling.readLock().unlock();
        }
    }

    /** The sockets that the broadcast of this message must leave out. */
    String[] apart(UUID roomId, long seq, ChatBroadcasts.Said said) {
        return bySocket.isEmpty()
                ? NOBODY
                : bySocket.entrySet().stream()
                        .filter(newcomer -> newcomer.getValue().isApart(roomId, seq, said))
                        .map(Map.Entry::getKey)
                        .toArray(String[]::new);
    }

    private static final String[] NOBODY = {};

    int size() {
        return bySocket.size();
    }
}
