package dev.parley.chat;

import dev.parley.presence.Presence;
import dev.parley.presence.PresenceService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** As presence knows them: whoever is online or in a call. */
@Dependent
class PresentPeople implements Present {

    @Inject
    PresenceService presence;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    PresentPeople() {}

    @Override
    public List<UUID> among(Collection<UUID> userIds) {
        return presence.of(userIds).stream()
                .filter(one -> one.status() == Presence.Status.ONLINE || one.status() == Presence.Status.IN_CALL)
                .map(Presence::userId)
                .toList();
    }
}
