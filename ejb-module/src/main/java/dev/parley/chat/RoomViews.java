package dev.parley.chat;

import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rooms as people see them: the same row has other counters for each. */
@Dependent
class RoomViews {

    /** Messages of others behind somebody's read mark; what is deleted cannot be read. */
    private static final String UNREAD = """
            from MessageRow m join MemberRow p on p.key.roomId = m.roomId
            where m.seq > p.readSeq and m.senderId <> p.key.userId and m.deletedAt is null""";

    private static final String MENTIONED =
            " and exists (select 1 from MentionRow n where n.key.messageId = m.id and n.key.userId = p.key.userId)";

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    UserService users;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    RoomViews() {}

    /** All rooms of one person. */
    List<Room> of(UUID viewer) {
        List<Tuple> rows = entities.createQuery("""
                        select r as room, p as place from RoomRow r join MemberRow p on p.key.roomId = r.id
                        where p.key.userId = :viewer and r.archivedAt is null order by r.createdAt, r.id""", Tuple.class)
                .setParameter("viewer", viewer)
                .getResultList();
        return views(
                viewer,
                rows.stream().map(row -> row.get("room", RoomRow.class)).toList(),
                rows.stream()
                        .map(row -> row.get("place", MemberRow.class))
                        .collect(Collectors.toMap(place -> place.key.roomId(), place -> place)));
    }

    Room of(UUID viewer, RoomRow room, @Nullable MemberRow place) {
        return views(viewer, List.of(room), place == null ? Map.of() : Map.of(room.id, place))
                .getFirst();
    }

    List<Room> ofStranger(UUID viewer, List<RoomRow> rooms) {
        return views(viewer, rooms, Map.of());
    }

    /** One room as each of these members of it sees it. */
    Map<UUID, Room> ofEach(RoomRow room, Collection<MemberRow> places) {
        Map<UUID, Long> unread = countsByPerson(room.id, UNREAD);
        Map<UUID, Long> mentions = unread.isEmpty() ? Map.of() : countsByPerson(room.id, UNREAD + MENTIONED);
        int members = memberCounts(List.of(room.id)).getOrDefault(room.id, 0);
        Map<UUID, User> people = room.kind == Room.Kind.DIRECT
                ? users.byIds(places.stream().map(place -> place.key.userId()).toList())
                : Map.of();
        return places.stream().collect(Collectors.toMap(place -> place.key.userId(), place -> {
            UUID viewer = place.key.userId();
            User peer = people.values().stream()
                    .filter(user -> !user.id().equals(viewer))
                    .findFirst()
                    .orElse(null);
            return view(room, place, members, unread.getOrDefault(viewer, 0L), mentions.getOrDefault(viewer, 0L), peer);
        }));
    }

    /** What a person has not read of a room. */
    Unread unread(UUID roomId, UUID userId) {
        return new Unread(count(roomId, userId, UNREAD), count(roomId, userId, UNREAD + MENTIONED));
    }

    record Unread(long messages, long mentions) {}

    private List<Room> views(UUID viewer, List<RoomRow> rooms, Map<UUID, MemberRow> places) {
        if (rooms.isEmpty()) {
            return List.of();
        }
        List<UUID> ids = rooms.stream().map(room -> room.id).toList();
        Map<UUID, Integer> members = memberCounts(ids);
        Map<UUID, Long> unread = places.isEmpty() ? Map.of() : countsByRoom(viewer, ids, UNREAD);
        Map<UUID, Long> mentions = unread.isEmpty() ? Map.of() : countsByRoom(viewer, ids, UNREAD + MENTIONED);
        Map<UUID, User> peers = peers(
                viewer,
                rooms.stream()
                        .filter(room -> room.kind == Room.Kind.DIRECT)
                        .map(room -> room.id)
                        .toList());
        return rooms.stream()
                .map(room -> view(
                        room,
                        places.get(room.id),
                        members.getOrDefault(room.id, 0),
                        unread.getOrDefault(room.id, 0L),
                        mentions.getOrDefault(room.id, 0L),
                        peers.get(room.id)))
                .toList();
    }

    private static Room view(
            RoomRow room, @Nullable MemberRow place, int members, long unread, long mentions, @Nullable User peer) {
        return new Room(
                room.id,
                room.kind,
                peer == null ? room.name : peer.displayName(),
                room.topic,
                place == null ? null : place.role,
                members,
                room.lastSeq,
                place == null ? 0 : place.readSeq,
                unread,
                mentions,
                place == null ? Room.Notify.NONE : place.notices,
                peer);
    }

    private Map<UUID, Integer> memberCounts(List<UUID> rooms) {
        return entities.createQuery(
                        "select p.key.roomId as whose, count(*) as n from MemberRow p where p.key.roomId in :rooms group by p.key.roomId",
                        Tuple.class)
                .setParameter("rooms", rooms)
                .getResultStream()
                .collect(Collectors.toMap(
                        row -> row.get("whose", UUID.class), row -> Math.toIntExact(row.get("n", Long.class))));
    }

    private Map<UUID, Long> countsByRoom(UUID viewer, List<UUID> rooms, String what) {
        return counts(entities.createQuery(
                        "select m.roomId as whose, count(*) as n " + what
                                + " and p.key.userId = :viewer and m.roomId in :rooms group by m.roomId",
                        Tuple.class)
                .setParameter("viewer", viewer)
                .setParameter("rooms", rooms)
                .getResultList());
    }

    private Map<UUID, Long> countsByPerson(UUID room, String what) {
        return counts(entities.createQuery(
                        "select p.key.userId as whose, count(*) as n " + what
                                + " and m.roomId = :room group by p.key.userId",
                        Tuple.class)
                .setParameter("room", room)
                .getResultList());
    }

    private long count(UUID room, UUID viewer, String what) {
        return entities.createQuery(
                        "select count(*) " + what + " and m.roomId = :room and p.key.userId = :viewer", Long.class)
                .setParameter("room", room)
                .setParameter("viewer", viewer)
                .getSingleResult();
    }

    private static Map<UUID, Long> counts(List<Tuple> rows) {
        return rows.stream()
                .collect(Collectors.toMap(row -> row.get("whose", UUID.class), row -> row.get("n", Long.class)));
    }

    private Map<UUID, User> peers(UUID viewer, List<UUID> directRooms) {
        if (directRooms.isEmpty()) {
            return Map.of();
        }
        List<MemberRow> others = entities.createQuery(
                        "select p from MemberRow p where p.key.roomId in :rooms and p.key.userId <> :viewer",
                        MemberRow.class)
                .setParameter("rooms", directRooms)
                .setParameter("viewer", viewer)
                .getResultList();
        Map<UUID, User> people =
                users.byIds(others.stream().map(other -> other.key.userId()).toList());
        Map<UUID, User> peers = new HashMap<>();
        others.forEach(other -> {
            User peer = people.get(other.key.userId());
            if (peer != null) {
                peers.put(other.key.roomId(), peer);
            }
        });
        return peers;
    }
}
