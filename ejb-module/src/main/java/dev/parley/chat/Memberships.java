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

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Memberships() {}

    @Override
    public Set<UUID> roomIdsOf(UUID userId) {
        return entities.createQuery("""
                        select p.key.roomId from MemberRow p join RoomRow r on r.id = p.key.roomId
                        where p.key.userId = :user and r.archivedAt is null""", UUID.class)
                .setParameter("user", userId)
                .getResultStream()
                .collect(Collectors.toUnmodifiableSet());
    }
}
