package dev.parley.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.socketio.protocol.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    private final Home home;
    private final @Nullable RoomListener listener;
    private final Map<String, Member> members = new ConcurrentHashMap<>();
    private final Map<String, Set<Member>> rooms = new ConcurrentHashMap<>();

    /** The rooms of that namespace, all empty. */
    public LocalAdapter(Home home) {
        this.home = home;
        this.listener = home.rooms().orElse(null);
    }

    @Override
    public CompletionStage<Integer> serverCount() {
        return CompletableFuture.completedStage(1);
    }

    @Override
    public void addAll(Subscriber socket, Collection<String> names) {
        var member = member(socket);
        if (member.socket != socket) {
            return; // another connection goes on with this id
        }
        for (var name : names) {
            if (!name.equals(socket.id())) {
                var change = new boolean[2];
                // Both sides change inside the room's entry: who joins and leaves at once is in both or in neither.
                rooms.compute(name, (key, present) -> {
                    Set<Member> room = present == null ? ConcurrentHashMap.newKeySet() : present;
                    change[0] = room.add(member);
                    change[1] = present == null;
                    member.rooms.add(name);
                    return room;
                });
                if (change[0]) {
                    entered(name, socket.id(), change[1]);
                }
                if (members.get(socket.id()) != member) { // it left while it joined
                    removeFrom(name, member);
                }
            }
        }
    }

    private Member member(Subscriber socket) {
        var present = members.get(socket.id());
        if (present != null) {
            return present;
        }
        var member = new Member(socket);
        var before = members.putIfAbsent(socket.id(), member);
        if (before != null) {
            return before;
        }
        entered(socket.id(), socket.id(), true);
        return member;
    }

    private void entered(String room, String socketId, boolean isNew) {
        if (listener != null) {
            if (isNew) {
                listener.created(room);
            }
            listener.joined(room, socketId);
        }
    }

    private void left(String room, String socketId, boolean isEmpty) {
        if (listener != null) {
            listener.left(room, socketId);
            if (isEmpty) {
                listener.deleted(room);
            }
        }
    }

    @Override
    public void del(Subscriber socket, String room) {
        var member = members.get(socket.id());
        if (member != null && member.socket == socket) {
            removeFrom(room, member);
        }
    }

    @Override
    public void delAll(Subscriber socket) {
        var member = members.get(socket.id());
        if (member != null && member.socket == socket && members.remove(socket.id(), member)) {
            member.rooms.forEach(room -> removeFrom(room, member));
            left(socket.id(), socket.id(), true);
        }
    }

    private void removeFrom(String name, Member member) {
        var was = new boolean[2];
        rooms.computeIfPresent(name, (key, room) -> {
            was[0] = room.remove(member);
            was[1] = room.isEmpty();
            member.rooms.remove(name);
            return room.isEmpty() ? null : room;
        });
        if (was[0]) {
            left(name, member.socket.id(), was[1]);
        }
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
    public int roomCount(Subscriber socket) {
        var member = members.get(socket.id());
        return member == null ? 0 : member.rooms.size() + 1;
    }

    @Override
    public Set<String> sockets(BroadcastOptions options) {
        return receivers(options).stream().map(Subscriber::id).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void broadcast(Outgoing message, BroadcastOptions options) {
        each(options, socket -> socket.deliver(message, options.isVolatile()));
    }

    @Override
    public Runnable broadcastWithAck(Outgoing message, BroadcastOptions options, Duration timeout, Answers answers) {
        long id = home.nextAckId();
        var question = message.askingFor(id);
        var receivers =
                receivers(options).stream().filter(Subscriber::connected).toList();
        answers.expect(receivers.size());
        receivers.forEach(socket -> socket.deliver(question, answers::answer));
        return () -> receivers.forEach(socket -> socket.forget(id));
    }

    @Override
    public CompletionStage<List<SocketSnapshot>> fetchSockets(BroadcastOptions options) {
        return CompletableFuture.completedStage(receivers(options).stream()
                .filter(Subscriber::connected)
                .map(Subscriber::snapshot)
                .toList());
    }

    @Override
    public void serverSideEmit(List<JsonNode> data) {
        // there is no other server
    }

    @Override
    public Runnable serverSideEmit(List<JsonNode> data, Duration timeout, Answers answers) {
        answers.expect(0);
        return () -> {};
    }

    @Override
    public void addSockets(BroadcastOptions options, Collection<String> names) {
        receivers(options).forEach(socket -> socket.join(names));
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
