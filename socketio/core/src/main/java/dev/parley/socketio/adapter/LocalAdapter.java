package dev.parley.socketio.adapter;

import dev.parley.socketio.protocol.Encoder;
import dev.parley.socketio.protocol.Packet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Rooms in the memory of one node. The room named like a socket's id is not stored: it is the socket. */
public final class LocalAdapter implements Adapter {

    private static final class Member {

        private final Subscriber socket;
        private final Set<String> rooms = ConcurrentHashMap.newKeySet(4);

        Member(Subscriber socket) {
            this.socket = socket;
        }

        boolean isInAny(Set<String> names) {
            return names.contains(socket.id()) || (!rooms.isEmpty() && !Collections.disjoint(rooms, names));
        }
    }

    private final Encoder encoder;
    private final Map<String, Member> members = new ConcurrentHashMap<>();
    private final Map<String, Set<Member>> rooms = new ConcurrentHashMap<>();

    public LocalAdapter(Encoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void addAll(Subscriber socket, Collection<String> names) {
        var member = members.computeIfAbsent(socket.id(), id -> new Member(socket));
        for (var name : names) {
            if (!name.equals(socket.id()) && member.rooms.add(name)) {
                rooms.compute(name, (key, present) -> {
                    Set<Member> room = present == null ? ConcurrentHashMap.newKeySet() : present;
                    room.add(member);
                    return room;
                });
                if (members.get(socket.id()) != member) { // it left while it joined
                    removeFrom(name, member);
                }
            }
        }
    }

    @Override
    public void del(Subscriber socket, String room) {
        var member = members.get(socket.id());
        if (member != null && member.rooms.remove(room)) {
            removeFrom(room, member);
        }
    }

    @Override
    public void delAll(Subscriber socket) {
        var member = members.remove(socket.id());
        if (member != null) {
            member.rooms.forEach(room -> removeFrom(room, member));
        }
    }

    private void removeFrom(String name, Member member) {
        rooms.computeIfPresent(name, (key, room) -> {
            room.remove(member);
            return room.isEmpty() ? null : room;
        });
    }

    @Override
    public Set<String> socketRooms(Subscriber socket) {
        var member = members.get(socket.id());
        if (member == null) {
            return Set.of();
        }
        var names = new HashSet<>(member.rooms);
        names.add(socket.id());
        return Set.copyOf(names);
    }

    @Override
    public Set<String> sockets(BroadcastOptions options) {
        return receivers(options).stream().map(Subscriber::id).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions options) {
        var frames = encoder.encode(packet).frames();
        each(options, socket -> socket.deliver(frames, options.isVolatile()));
    }

    @Override
    public Runnable broadcastWithAck(Packet.Event packet, BroadcastOptions options, Answers answers) {
        long id = packet.ackId();
        var frames = encoder.encode(packet).frames();
        var receivers = receivers(options);
        answers.expect(receivers.size());
        receivers.forEach(socket -> socket.deliver(frames, id, answers::answer));
        return () -> receivers.forEach(socket -> socket.forget(id));
    }

    @Override
    public void addSockets(BroadcastOptions options, Collection<String> names) {
        var more = names.toArray(String[]::new);
        receivers(options).forEach(socket -> socket.join(more));
    }

    @Override
    public void delSockets(BroadcastOptions options, Collection<String> names) {
        receivers(options).forEach(socket -> names.forEach(socket::leave));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        receivers(options).forEach(socket -> socket.disconnect(close));
    }

    @Override
    public void close() {
        members.clear();
        rooms.clear();
    }

    private List<Subscriber> receivers(BroadcastOptions options) {
        var found = new ArrayList<Subscriber>();
        each(options, found::add);
        return found;
    }

    private void each(BroadcastOptions options, Consumer<Subscriber> action) {
        if (options.everyone()) {
            each(members.values(), options, action);
        } else if (options.rooms().size() == 1) {
            var name = options.rooms().iterator().next();
            each(rooms.getOrDefault(name, Set.of()), options, action);
            own(name).ifPresent(member -> each(Set.of(member), options, action));
        } else {
            // A socket in several of the rooms receives once.
            var found = new HashSet<Member>();
            for (var name : options.rooms()) {
                found.addAll(rooms.getOrDefault(name, Set.of()));
                own(name).ifPresent(found::add);
            }
            each(found, options, action);
        }
    }

    private Optional<Member> own(String socketId) {
        return Optional.ofNullable(members.get(socketId));
    }

    private static void each(Collection<Member> members, BroadcastOptions options, Consumer<Subscriber> action) {
        boolean all = options.except().isEmpty();
        for (var member : members) {
            if (all || !member.isInAny(options.except())) {
                action.accept(member.socket);
            }
        }
    }

    /** Sockets and rooms remembered. */
    public int size() {
        return members.size() + rooms.size();
    }
}
