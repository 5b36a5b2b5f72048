package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** The rows of rooms and their members, and the one lock there is. */
@Dependent
class Rooms {

    private static final String COUNT = """
            update room set last_seq = last_seq + ?
            where id = ? and closed_at is null and archived_at is null""";

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Rooms() {}

    /** The caller's place in a room; {@code not_found} for rooms that do not exist and for those of others. */
    MemberRow requireMember(UUID roomId, UUID userId) {
        return member(roomId, userId).orElseThrow(() -> Problem.notFound("room"));
    }

    Optional<MemberRow> member(UUID roomId, UUID userId) {
        return Optional.ofNullable(entities.find(MemberRow.class, new MemberRow.Key(roomId, userId)));
    }

    /** A room that is not closed. */
    Optional<RoomRow> open(UUID roomId) {
        return Optional.ofNullable(entities.find(RoomRow.class, roomId)).filter(room -> room.closedAt == null);
    }

    /** Asks the database, so that what is read under the lock later is not what was true before. */
    boolean isMember(UUID roomId, UUID userId) {
        return entities.createQuery("""
                        select count(*) from MemberRow p join RoomRow r on r.id = p.key.roomId
                        where p.key.roomId = :room and p.key.userId = :user and r.closedAt is null""", Long.class)
                        .setParameter("room", roomId)
                        .setParameter("user", userId)
                        .getSingleResult()
                == 1;
    }

    /** The newest message's, for members only. */
    Optional<Long> lastSeqFor(UUID roomId, UUID userId) {
        return entities.createQuery("""
                        select r.lastSeq from RoomRow r join MemberRow p on p.key.roomId = r.id
                        where r.id = :room and p.key.userId = :user and r.closedAt is null""", Long.class)
                .setParameter("room", roomId)
                .setParameter("user", userId)
                .getResultStream()
                .findFirst();
    }

    /** A person's place in a room, locked until the transaction ends; whoever needs the room's lock too has it already. */
    MemberRow lockedMember(UUID roomId, UUID userId) {
        return Optional.ofNullable(entities.find(
                        MemberRow.class, new MemberRow.Key(roomId, userId), LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> Problem.notFound("room"));
    }

    /** Those of a person's rooms that have this name, whatever its case, or this id. */
    List<UUID> named(UUID userId, String nameOrId) {
        return entities.createQuery("""
                        select r.id from RoomRow r join MemberRow p on p.key.roomId = r.id
                        where p.key.userId = :user and r.closedAt is null
                          and (lower(r.name) = :name or cast(r.id as string) = :name)""", UUID.class)
                .setParameter("user", userId)
                .setParameter("name", nameOrId.toLowerCase(Locale.ROOT))
                .getResultList();
    }

    /** How many people are in it. */
    long size(UUID roomId) {
        return entities.createQuery("select count(*) from MemberRow p where p.key.roomId = :room", Long.class)
                .setParameter("room", roomId)
                .getSingleResult();
    }

    boolean isPublic(UUID roomId) {
        return entities.createQuery(
                                "select count(*) from RoomRow r where r.id = :room and r.kind = :kind and r.closedAt is null",
                                Long.class)
                        .setParameter("room", roomId)
                        .setParameter("kind", Room.Kind.PUBLIC)
                        .getSingleResult()
                == 1;
    }

    /** {@link #locked}, for members only: nobody else gets to hold the lock. */
    RoomRow lockedFor(Caller caller, UUID roomId) {
        if (!isMember(roomId, caller.userId())) {
            throw Problem.notFound("room");
        }
        return locked(roomId);
    }

    /**
     * The room, locked until the transaction ends. Must be the transaction's first look at this room: one that Hibernate knows
     * already would be locked, but not read again.
     */
    RoomRow locked(UUID roomId) {
        return Optional.ofNullable(entities.find(RoomRow.class, roomId, LockModeType.PESSIMISTIC_WRITE))
                .filter(room -> room.closedAt == null)
                .orElseThrow(() -> Problem.notFound("room"));
    }

    /**
     * Counts the room's messages on, which locks it until the transaction ends: one statement instead of two, and none for Hibernate,
     * which must not have changed this room in the same transaction.
     *
     * @param more less than nothing takes back what the same transaction has counted
     * @return its newest seq now; empty when it is closed or archived
     */
    Optional<Long> counted(UUID roomId, int more) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            // by the names of columns: "returning" is not H2's word, nor "final table" PostgreSQL's
            try (PreparedStatement count = connection.prepareStatement(COUNT, new String[] {"last_seq"})) {
                count.setInt(1, more);
                count.setObject(2, roomId);
                count.executeUpdate();
                try (ResultSet row = count.getGeneratedKeys()) {
                    return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
                }
            }
        });
    }

    /** Those of the people who are in the room, in no order but always the same. */
    List<UUID> membersAmong(UUID roomId, Collection<UUID> userIds) {
        if (userIds.isEmpty()) {
            return List.of();
        }
        return entities.createQuery("""
                        select p.key.userId from MemberRow p
                        where p.key.roomId = :room and p.key.userId in :users order by p.key.userId""", UUID.class)
                .setParameter("room", roomId)
                .setParameter("users", userIds)
                .getResultList();
    }

    /** The same, to change what is said in it or who is in it: {@code conflict} when it is archived. */
    RoomRow writable(UUID roomId) {
        return requireWritable(locked(roomId));
    }

    static RoomRow requireWritable(RoomRow room) {
        if (room.archivedAt != null) {
            throw archived();
        }
        return room;
    }

    static Problem archived() {
        return Problem.of(Code.CONFLICT, "This room is archived: it can be read, and nothing else.");
    }

    /** The members of a room, in the order in which they came. */
    List<MemberRow> members(UUID roomId) {
        return entities.createQuery(
                        "select m from MemberRow m where m.key.roomId = :room order by m.joinedAt, m.key.userId",
                        MemberRow.class)
                .setParameter("room", roomId)
                .getResultList();
    }
}
