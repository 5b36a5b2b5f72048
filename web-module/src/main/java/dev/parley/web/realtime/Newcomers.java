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

        /** From here on only what the snapshot holds is kept from it; returns what it does not hold, in order. */
        synchronized List<Waiting> settled(Map<UUID, Long> snapshot) {
            seen = snapshot;
            List<Waiting> news = waiting.stream()
                    .filter(one -> one.seq > snapshot.getOrDefault(one.roomId, Long.MAX_VALUE))
                    .toList();
            waiting.clear();
            return news;
        }
    }

    /**
     * Before the socket joins its rooms.
     *
     * @param rooms that it is about to join; what is told in others that it joins later reaches it as everybody
     */
    void expect(Socket socket, Set<UUID> rooms) {
        bySocket.put(socket.id(), new Newcomer(socket, Set.copyOf(rooms)));
    }

    /** Right after the snapshot was sent, still in the socket's connection listener: what it does not hold follows. */
    void told(Socket socket, List<Room> snapshot) {
        Newcomer newcomer = bySocket.get(socket.id());
        if (newcomer != null) {
            newcomer.settled(snapshot.stream().collect(Collectors.toMap(Room::id, Room::lastSeq)))
                    .forEach(one -> newcomer.socket.emit("message", one.said));
        }
    }

    /** Some time after that, or when it is gone. */
    void forget(Socket socket) {
        bySocket.remove(socket.id());
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
