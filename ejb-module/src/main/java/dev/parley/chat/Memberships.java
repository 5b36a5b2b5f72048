package dev.parley.chat;

import dev.parley.presence.SharedRooms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells presence who shares a room with whom. */
@ApplicationScoped
class Memberships implements SharedRooms {

    private static final int MOST_PEERS = 5_000;

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Memberships() {}

    @Override
    public Set<UUID> roomIdsOf(UUID userId) {
        return entities.createQuery("""
                        select p.key.roomId from MemberRow p join RoomRow r on r.id = p.key.roomId
                        where p.key.userId = :user and r.closedAt is null""", UUID.class)
                .setParameter("user", userId)
                .getResultStream()
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<UUID> peersOf(UUID userId) {
        return entities.createQuery("""
                        select distinct other.key.userId from MemberRow p
                        join RoomRow r on r.id = p.key.roomId
                        join MemberRow other on other.key.roomId = p.key.roomId
                        where p.key.userId = :user and r.closedAt is null""", UUID.class)
                .setParameter("user", userId)
                .setMaxResults(MOST_PEERS)
                .getResultStream()
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<UUID> membersOf(UUID roomId, int most) {
        return entities.createQuery("select p.key.userId from MemberRow p where p.key.roomId = :room", UUID.class)
                .setParameter("room", roomId)
                .setMaxResults(most)
                .getResultStream()
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public long sizeOf(UUID roomId) {
        return entities.createQuery("select count(p) from MemberRow p where p.key.roomId = :room", Long.class)
                .setParameter("room", roomId)
                .getSingleResult();
    }
}
