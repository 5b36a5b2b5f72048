package dev.parley.chat;

import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rooms as people see them: the same row has other counters for each.
 *
 * <p>A room's newest seq and what is counted up to it come from one statement, which sees one moment of the database: a message that
 * is committed meanwhile is in both or in neither.
 */
@Dependent
class RoomViews {

    /** The newest messages of a room that are looked at to count: nobody reads more than "99+", and a year away costs no more than this. */
    static final int MOST_COUNTED = 10_000;

    /** Messages of others behind somebody's read mark; what is deleted cannot be read. */
    private static final String UNREAD = """
            (select count(*) from MessageRow m where m.roomId = r.id
                and m.seq > p.readSeq and m.seq > r.lastSeq - %d and m.seq <= r.lastSeq
                and m.senderId <> p.key.userId and m.deletedAt is null and m.threadId is null""".formatted(MOST_COUNTED);

    private static final String MENTIONED = " and (m.everyone = EVERYBODY"
            + " or exists (select 1 from MentionRow n where n.key.messageId = m.id and n.key.userId = p.key.userId))";

    /** In the threads that a person follows; the room's own mark has no part in that. */
    private static final String IN_THREADS =
            " and f.roomId = r.id and f.key.userId = p.key.userId and f.following = true and m.seq <= r.lastSeq";

    private static final String COUNTED =
            "r.lastSeq as newest, " + UNREAD + ") as unread, " + UNREAD + MENTIONED + ") as mentions";

    private static final String PLACES =
            "from RoomRow r join MemberRow p on p.key.roomId = r.id where r.closedAt is null";

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    UserService users;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    RoomViews() {}

    /** What the statement says of one room for one of its members. */
    private record Seen(RoomRow room, MemberRow place, long lastSeq, long members, Counts counts) {}

    private record Counts(long unread, long mentions, long threadUnread, long threadMentions) {

        static final Counts NONE = new Counts(0, 0, 0, 0);
    }

    /** All rooms of one person, oldest first. */
    List<Room> of(UUID viewer) {
        return shown(seen(" and p.key.userId = :viewer", Map.of("viewer", viewer)));
    }

    /** Those of the rooms that the person is in, by id. */
    Map<UUID, Room> of(UUID viewer, Collection<UUID> roomIds) {
        return shown(seen(" and p.key.userId = :viewer and r.id in :rooms", Map.of("viewer", viewer, "rooms", roomIds)))
                .stream()
                .collect(Collectors.toMap(Room::id, room -> room));
    }

    /** A room that the person is in. */
    Optional<Room> of(UUID viewer, UUID roomId) {
        return shown(seen(" and p.key.userId = :viewer and r.id = :room", Map.of("viewer", viewer, "room", roomId)))
                .stream()
                .findFirst();
    }

    /** Rooms as somebody sees them who is in none of them. */
    List<Room> ofStranger(List<RoomRow> rooms) {
        if (rooms.isEmpty()) {
            return List.of();
        }
        Map<UUID, Long> members = entities.createQuery("""
                        select p.key.roomId as room, count(*) as members from MemberRow p
                        where p.key.roomId in :rooms group by p.key.roomId""", Tuple.class)
                .setParameter("rooms", rooms.stream().map(room -> room.id).toList())
                .getResultStream()
                .collect(Collectors.toMap(row -> row.get("room", UUID.class), row -> row.get("members", Long.class)));
        return rooms.stream()
                .map(room -> view(room, null, room.lastSeq, members.getOrDefault(room.id, 0L), Counts.NONE, List.of()))
                .toList();
    }

    /** One room as each of its members sees it. */
    Map<UUID, Room> ofEach(UUID roomId) {
        return byPerson(seen(" and r.id = :room", Map.of("room", roomId)));
    }

    /** One room as one of its members sees it, for who tells several of them. */
    Map<UUID, Room> ofOne(UUID roomId, UUID viewer) {
        return byPerson(seen(" and r.id = :room and p.key.userId = :viewer", Map.of("room", roomId, "viewer", viewer)));
    }

    private Map<UUID, Room> byPerson(List<Seen> seen) {
        List<Room> rooms = shown(seen);
        return java.util.stream.IntStream.range(0, seen.size())
                .boxed()
                .collect(Collectors.toMap(i -> seen.get(i).place.key.userId(), rooms::get));
    }

    /** What a person has not read of a room. */
    Unread unread(UUID roomId, UUID userId) {
        Tuple row = entities.createQuery(
                        "select " + COUNTED + " " + PLACES + " and r.id = :room and p.key.userId = :viewer",
                        Tuple.class)
                .setParameter("room", roomId)
                .setParameter("viewer", userId)
                .getSingleResult();
        return new Unread(
                row.get("unread", Long.class), row.get("mentions", Long.class), row.get("newest", Long.class));
    }

    record Unread(long messages, long mentions, long lastSeq) {}

    private List<Seen> seen(String which, Map<String, Object> parameters) {
        TypedQuery<Tuple> query = entities.createQuery(
                "select r as room, p as place, (select count(*) from MemberRow o where o.key.roomId = r.id) as members, "
                        + Threads.UNREAD + IN_THREADS + ") as replied, "
                        + Threads.UNREAD + IN_THREADS + Threads.MENTIONED + ") as called, "
                        + COUNTED + " " + PLACES + which + " order by r.createdAt, r.id, p.joinedAt, p.key.userId",
                Tuple.class);
        parameters.forEach(query::setParameter);
        return query.getResultStream()
                .map(row -> new Seen(
                        row.get("room", RoomRow.class),
                        row.get("place", MemberRow.class),
                        row.get("newest", Long.class),
                        row.get("members", Long.class),
                        new Counts(
                                row.get("unread", Long.class),
                                row.get("mentions", Long.class),
                                row.get("replied", Long.class),
                                row.get("called", Long.class))))
                .toList();
    }

    private List<Room> shown(List<Seen> seen) {
        Map<UUID, List<User>> people = peopleOf(seen.stream()
                .map(Seen::room)
                .filter(room -> room.kind == Room.Kind.DIRECT)
                .map(room -> room.id)
                .distinct()
                .toList());
        return seen.stream()
                .map(one -> view(
                        one.room,
                        one.place,
                        one.lastSeq,
                        one.members,
                        one.counts,
                        people.getOrDefault(one.room.id, List.of()).stream()
                                .filter(user -> !user.id().equals(one.place.key.userId()))
                                .toList()))
                .toList();
    }

    private static Room view(
            RoomRow room, @Nullable MemberRow place, long lastSeq, long members, Counts counts, List<User> peers) {
        return new Room(
                room.id,
                room.kind,
                peers.isEmpty()
                        ? room.name
                        : peers.stream().map(User::displayName).collect(Collectors.joining(", ")),
                room.topic,
                place == null ? null : place.role,
                Math.toIntExact(members),
                lastSeq,
                place == null ? 0 : place.readSeq,
                counts.unread,
                counts.mentions,
                counts.threadUnread,
                counts.threadMentions,
                place == null ? Room.Notify.NONE : place.notices,
                peers.size() == 1 ? peers.getFirst() : null,
                peers.size() > 1 ? peers : List.of(),
                room.archivedAt);
    }

    /** Everybody in these direct rooms, by name. */
    private Map<UUID, List<User>> peopleOf(List<UUID> directRooms) {
        if (directRooms.isEmpty()) {
            return Map.of();
        }
        List<MemberRow> places = entities.createQuery(
                        "select p from MemberRow p where p.key.roomId in :rooms", MemberRow.class)
                .setParameter("rooms", directRooms)
                .getResultList();
        Map<UUID, User> people =
                users.byIds(places.stream().map(place -> place.key.userId()).collect(Collectors.toSet()));
        return places.stream()
                .filter(place -> people.containsKey(place.key.userId()))
                .collect(Collectors.groupingBy(
                        place -> place.key.roomId(),
                        Collectors.mapping(
                                place -> Optional.ofNullable(people.get(place.key.userId()))
                                        .orElseThrow(),
                                Collectors.collectingAndThen(Collectors.toList(), RoomViews::byName))));
    }

    private static List<User> byName(List<User> people) {
        return people.stream()
                .sorted(java.util.Comparator.comparing(User::displayName).thenComparing(User::id))
                .toList();
    }
}
