package dev.parley.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import dev.parley.text.Text;
import dev.parley.users.UserService;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** Rooms: what there are, who made them, what they are called. Who else is in them is {@link MemberService}'s. */
@Stateless
public class RoomService {

    public static final int MAX_NAME = 80;

    public static final int MAX_TOPIC = 1_000;

    /** People who can be brought along when a room is made. */
    public static final int MAX_INVITED = 100;

    /** The others of a direct room. */
    public static final int MAX_PEERS = 9;

    private static final int MAX_LISTED = 200;

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
    public RoomService() {}

    /** The rooms that the caller is in, oldest first. */
    public List<Room> roomsOf(Caller caller) {
        return views.of(caller.userId());
    }

    /** A room that the caller is in, or a public one. */
    public Room room(Caller caller, UUID roomId) {
        return views.of(caller.userId(), roomId)
                .or(() -> rooms.open(roomId)
                        .filter(room -> room.kind == Room.Kind.PUBLIC)
                        .map(room -> views.ofStranger(List.of(room)).getFirst()))
                .orElseThrow(() -> Problem.notFound("room"));
    }

    /** Whether the caller is in that room. */
    public boolean isMember(Caller caller, UUID roomId) {
        return rooms.isMember(roomId, caller.userId());
    }

    /** {@code not_found} unless the caller is in that room. */
    public void requireMember(Caller caller, UUID roomId) {
        if (!rooms.isMember(roomId, caller.userId())) {
            throw Problem.notFound("room");
        }
    }

    /**
     * Public rooms that the caller is not in, by name.
     *
     * @param query part of the name, empty for all
     */
    @RateLimited(Limit.READ)
    public List<Room> joinable(Caller caller, String query, int limit) {
        String part = Text.query(query, MAX_NAME)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        List<RoomRow> found = entities.createQuery("""
                        select r from RoomRow r
                        where r.kind = :kind and r.closedAt is null and lower(r.name) like :name escape '!'
                          and not exists (select 1 from MemberRow p where p.key.roomId = r.id and p.key.userId = :caller)
                        order by lower(r.name), r.id""", RoomRow.class)
                .setParameter("kind", Room.Kind.PUBLIC)
                .setParameter("name", "%" + part + "%")
                .setParameter("caller", caller.userId())
                .setMaxResults(Math.clamp(limit, 1, MAX_LISTED))
                .getResultList();
        return views.ofStranger(found);
    }

    /**
     * A room to make.
     *
     * @param kind public or private
     * @param name 1 to {@link #MAX_NAME} characters
     * @param topic at most {@link #MAX_TOPIC} characters
     * @param members who else is in it from the start
     */
    public record NewRoom(
            Room.Kind kind, String name, @Nullable String topic, Set<UUID> members) {

        public NewRoom {
            if (kind == Room.Kind.DIRECT) {
                throw Problem.invalid("A direct room is asked for by the person it is with.");
            }
            name = Text.line(name, "name", MAX_NAME);
            topic = topic == null ? null : checkedTopic(topic);
            if (members.size() > MAX_INVITED) {
                throw Problem.of(
                        Code.TOO_LARGE,
                        "At most " + MAX_INVITED + " people at once, not " + members.size() + ".",
                        Map.of("limit", MAX_INVITED));
            }
            members = Set.copyOf(members);
        }
    }

    /** Makes a room that the caller owns. */
    @RateLimited(Limit.ROOM)
    public Room create(Caller caller, NewRoom wanted) {
        RoomRow room = new RoomRow(MessageIds.IDS.next(), wanted.kind, wanted.name, wanted.topic, clock.instant());
        entities.persist(room);
        Set<UUID> others = new LinkedHashSet<>(wanted.members);
        others.remove(caller.userId());
        if (users.byIds(others).size() < others.size()) {
            throw Problem.notFound("person");
        }
        return opened(caller, room, others, Room.Role.OWNER);
    }

    /**
     * The room of exactly the caller and these others: there is one for the same people, also when several ask at once.
     *
     * @param others 1 to {@link #MAX_PEERS}; the caller among them does not count
     */
    @RateLimited(Limit.ROOM)
    public Room direct(Caller caller, Set<UUID> others) {
        Set<UUID> peers = new HashSet<>(others);
        peers.remove(caller.userId());
        if (peers.isEmpty()) {
            throw Problem.invalid("A direct room needs somebody else.");
        }
        if (peers.size() > MAX_PEERS) {
            throw Problem.of(
                    Code.TOO_LARGE,
                    "A direct room is of at most " + MAX_PEERS + " others, not " + peers.size() + ".",
                    Map.of("limit", MAX_PEERS));
        }
        if (users.byIds(peers).size() < peers.size()) {
            throw Problem.notFound("person");
        }
        String key = directKey(caller.userId(), peers);
        UUID id = MessageIds.IDS.next();
        // waits for a twin that has not committed, and then leaves the row to it
        NativeQuery<?> insert = entities.createNativeQuery("""
                        insert into room (id, kind, name, last_seq, direct_key, created_at)
                        values (:id, 'DIRECT', '', 0, :key, :now) on conflict do nothing""").unwrap(NativeQuery.class);
        boolean mine = insert.setParameter("id", id)
                        .setParameter("key", key)
                        .setParameter("now", clock.instant())
                        .executeUpdate()
                == 1;
        RoomRow room = entities.createQuery("select r from RoomRow r where r.directKey = :key", RoomRow.class)
                .setParameter("key", key)
                .getSingleResult();
        return mine
                ? opened(caller, room, peers, Room.Role.MEMBER)
                : views.of(caller.userId(), room.id).orElseThrow(() -> Problem.notFound("room"));
    }

    /** Of two: both. Of more: a digest of all, which is shorter. */
    private static String directKey(UUID caller, Set<UUID> peers) {
        TreeSet<UUID> all = new TreeSet<>(peers);
        all.add(caller);
        String names = all.stream().map(UUID::toString).collect(Collectors.joining(":"));
        return all.size() == 2 ? names : "g:" + sha256(names);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private Room opened(Caller caller, RoomRow room, Set<UUID> others, Room.Role role) {
        entities.persist(new MemberRow(room, caller.userId(), role, room.createdAt));
        others.forEach(userId -> entities.persist(new MemberRow(room, userId, Room.Role.MEMBER, room.createdAt)));
        Map<UUID, Room> seen = views.ofEach(room.id);
        facts.fire(new ChatFact.RoomOpened(room.id, seen));
        return Optional.ofNullable(seen.get(caller.userId())).orElseThrow();
    }

    /** What to change; the wire's shape. Null leaves it. An empty topic removes it. */
    public record RoomChange(
            @Nullable String name,
            @Nullable String topic,
            @JsonProperty("notify") Room.@Nullable Notify notices) {

        public RoomChange {
            name = name == null ? null : Text.line(name, "name", MAX_NAME);
            topic = topic == null ? null : checkedTopic(topic);
        }
    }

    private static String checkedTopic(String topic) {
        if (topic.codePoints().anyMatch(character -> character != '\n' && Text.misleading(character))) {
            throw Problem.invalid("The topic has a control character.");
        }
        return Text.limited(Text.wellFormed(topic, "topic"), "topic", MAX_TOPIC);
    }

    /** Name and topic are for those who moderate; what to be told of is everybody's own. */
    @RateLimited(Limit.ROOM)
    public Room change(Caller caller, UUID roomId, RoomChange change) {
        RoomRow room = rooms.lockedFor(caller, roomId);
        MemberRow place = rooms.requireMember(roomId, caller.userId());
        boolean forAll = change.name != null || change.topic != null;
        if (forAll && (room.kind == Room.Kind.DIRECT || !place.role.moderates())) {
            throw Problem.of(Code.FORBIDDEN, "Only who moderates a room may name it.");
        }
        if (forAll) {
            Rooms.requireWritable(room);
        }
        if (change.name != null) {
            room.name = change.name;
        }
        if (change.topic != null) {
            room.topic = change.topic.isBlank() ? null : change.topic;
        }
        if (change.notices != null) {
            place.notices = change.notices;
        }
        Map<UUID, Room> seen = forAll ? views.ofEach(roomId) : views.ofOne(roomId, caller.userId());
        facts.fire(new ChatFact.RoomUpdated(roomId, seen));
        return Optional.ofNullable(seen.get(caller.userId())).orElseThrow();
    }

    /** Makes a room one that can only be read, or opens it again; its owner only. Again is no error. */
    @RateLimited(Limit.ROOM)
    public Room archive(Caller caller, UUID roomId, boolean on) {
        RoomRow room = rooms.lockedFor(caller, roomId);
        requireOwner(caller, room, "archive it");
        if ((room.archivedAt != null) != on) {
            room.archivedAt = on ? clock.instant() : null;
            facts.fire(new ChatFact.RoomUpdated(roomId, views.ofEach(roomId)));
        }
        return views.of(caller.userId(), roomId).orElseThrow(() -> Problem.notFound("room"));
    }

    private void requireOwner(Caller caller, RoomRow room, String what) {
        if (room.kind == Room.Kind.DIRECT || rooms.requireMember(room.id, caller.userId()).role != Room.Role.OWNER) {
            throw Problem.of(Code.FORBIDDEN, "Only a room's owner may " + what + ".");
        }
    }

    /** Closes a room for everybody; its owner only. Nothing is erased. */
    @RateLimited(Limit.ROOM)
    public void close(Caller caller, UUID roomId) {
        RoomRow room = rooms.lockedFor(caller, roomId);
        requireOwner(caller, room, "close it");
        room.closedAt = clock.instant();
        facts.fire(new ChatFact.RoomClosed(
                roomId,
                rooms.members(roomId).stream()
                        .map(member -> member.key.userId())
                        .collect(Collectors.toSet())));
    }
}
