package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is in a room, and as what. */
@Stateless
public class MemberService {

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    Rooms rooms;

    @Inject
    RoomViews views;

    @Inject
    UserService users;

    @Inject
    Clock clock;

    @Inject
    Event<ChatFact> facts;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public MemberService() {}

    /** A person in a room; the wire's shape. */
    public record Member(User user, Room.Role role, long readSeq) {}

    /** Who is in a room with the caller, in the order in which they came. */
    @RateLimited(Limit.READ)
    public List<Member> members(Caller caller, UUID roomId) {
        if (!rooms.isMember(roomId, caller.userId())) {
            throw Problem.notFound("room");
        }
        List<MemberRow> places = rooms.members(roomId);
        Map<UUID, User> people =
                users.byIds(places.stream().map(place -> place.key.userId()).toList());
        return places.stream()
                .flatMap(place -> Optional.ofNullable(people.get(place.key.userId()))
                        .map(user -> new Member(user, place.role, place.readSeq))
                        .stream())
                .toList();
    }

    /** Enters a public room; again is no error. */
    @RateLimited(Limit.ROOM)
    public Room join(Caller caller, UUID roomId) {
        if (!rooms.isMember(roomId, caller.userId()) && !rooms.isPublic(roomId)) {
            throw Problem.notFound("room");
        }
        RoomRow room = rooms.writable(roomId);
        Optional<MemberRow> present = rooms.member(roomId, caller.userId());
        return present.isPresent()
                ? views.of(caller.userId(), roomId).orElseThrow(() -> Problem.notFound("room"))
                : add(
                        room,
                        users.find(caller.userId()).orElseThrow(() -> Problem.notFound("person")),
                        Room.Role.MEMBER);
    }

    /** Leaves a room; an owner who was the only one leaves it to who has been there longest, and the last one closes it. */
    @RateLimited(Limit.ROOM)
    public void leave(Caller caller, UUID roomId) {
        RoomRow room = rooms.lockedFor(caller, roomId);
        remove(room, rooms.requireMember(roomId, caller.userId()), ChatFact.MemberLeft.Reason.LEFT);
    }

    /**
     * Brings somebody in, or makes a member something else.
     *
     * @param role null for an ordinary member, or for leaving a present member's role as it is
     * @throws Problem {@code forbidden} unless the caller moderates the room; roles are for its owner
     */
    @RateLimited(Limit.ROOM)
    public Member put(Caller caller, UUID roomId, UUID userId, Room.@Nullable Role role) {
        RoomRow room = rooms.lockedFor(caller, roomId);
        Room.Role own = rooms.requireMember(roomId, caller.userId()).role;
        Rooms.requireWritable(room);
        if (room.kind == Room.Kind.DIRECT || !own.moderates()) {
            throw Problem.of(Code.FORBIDDEN, "Only who moderates a room may bring others in.");
        }
        User user = users.find(userId).orElseThrow(() -> Problem.notFound("person"));
        MemberRow place = rooms.member(roomId, userId).orElse(null);
        if (role != null && own != Room.Role.OWNER && role != (place == null ? Room.Role.MEMBER : place.role)) {
            throw Problem.of(Code.FORBIDDEN, "Only a room's owner gives roles.");
        }
        if (place == null) {
            Room.Role given = role == null ? Room.Role.MEMBER : role;
            add(room, user, given);
            return new Member(user, given, room.lastSeq);
        }
        if (role != null && role != place.role) {
            if (place.role == Room.Role.OWNER && owners(roomId) == 1) {
                throw Problem.of(Code.CONFLICT, "A room needs an owner.");
            }
            place.role = role;
            changed(user, place);
        }
        return new Member(user, place.role, place.readSeq);
    }

    /** Sends somebody out: who moderates may send ordinary members, the owner anybody, and everybody themselves. */
    @RateLimited(Limit.ROOM)
    public void remove(Caller caller, UUID roomId, UUID userId) {
        if (userId.equals(caller.userId())) {
            leave(caller, roomId);
            return;
        }
        RoomRow room = rooms.lockedFor(caller, roomId);
        Room.Role own = rooms.requireMember(roomId, caller.userId()).role;
        MemberRow place = rooms.member(roomId, userId).orElseThrow(() -> Problem.notFound("member"));
        boolean may = own == Room.Role.OWNER || (own == Room.Role.MODERATOR && place.role == Room.Role.MEMBER);
        if (room.kind == Room.Kind.DIRECT || !may) {
            throw Problem.of(Code.FORBIDDEN, "Only who moderates a room may send others out.");
        }
        remove(room, place, ChatFact.MemberLeft.Reason.REMOVED);
    }

    private Room add(RoomRow room, User user, Room.Role role) {
        MemberRow place = new MemberRow(room, user.id(), role, clock.instant());
        entities.persist(place);
        Room seen = views.of(user.id(), room.id).orElseThrow();
        facts.fire(new ChatFact.MemberJoined(room.id, user, seen));
        return seen;
    }

    private void remove(RoomRow room, MemberRow place, ChatFact.MemberLeft.Reason reason) {
        if (room.kind == Room.Kind.DIRECT) {
            throw Problem.of(Code.FORBIDDEN, "A direct room cannot be left.");
        }
        UUID userId = place.key.userId();
        User user = users.find(userId).orElseThrow(() -> Problem.notFound("person"));
        entities.remove(place);
        facts.fire(new ChatFact.MemberLeft(room.id, user, reason));
        List<MemberRow> left = rooms.members(room.id);
        if (left.isEmpty()) {
            room.closedAt = clock.instant();
        } else if (place.role == Room.Role.OWNER && owners(room.id) == 0) {
            // in the order in which they came, moderators before members
            MemberRow heir = left.stream()
                    .min(Comparator.comparing(member -> member.role))
                    .orElseThrow();
            heir.role = Room.Role.OWNER;
            users.find(heir.key.userId()).ifPresent(person -> changed(person, heir));
        }
    }

    private void changed(User user, MemberRow place) {
        UUID roomId = place.key.roomId();
        views.of(user.id(), roomId)
                .ifPresent(seen -> facts.fire(new ChatFact.RoleChanged(roomId, user, place.role, seen)));
    }

    private long owners(UUID roomId) {
        return rooms.members(roomId).stream()
                .filter(member -> member.role == Room.Role.OWNER)
                .count();
    }
}
