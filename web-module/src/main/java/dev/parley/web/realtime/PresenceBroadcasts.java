package dev.parley.web.realtime;

import dev.parley.chat.ChatFact;
import dev.parley.cluster.Alarm;
import dev.parley.presence.Presence;
import dev.parley.presence.Presence.Status;
import dev.parley.presence.PresenceFact;
import dev.parley.presence.PresenceService;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.SharedRooms;
import dev.parley.socketio.Broadcast;
import dev.parley.socketio.SocketServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who share a room with a person, and the person's own devices, how that person is present. Facts gather for a quarter
 * of a second and are told in one burst: of what happened to one person in that time only the outcome is told. Read when it
 * is told, not when it happened: two nodes that tell of one person then end with the same words, whoever speaks last.
 */
@ApplicationScoped
class PresenceBroadcasts {

    private static final Logger LOG = System.getLogger(PresenceBroadcasts.class.getName());

    private static final Duration GATHERED = Duration.ofMillis(250);

    /** Whose presence is told when somebody joins or leaves a room; of larger rooms the next connection tells the rest. */
    private static final int MOST_MEMBERS = 500;

    private SocketServer server;
    private Function<Collection<UUID>, List<Presence>> presence;
    private boolean enabled;
    private SharedRooms rooms;
    private Alarm alarm;

    /** What is still to be told; null when nothing is, and no alarm is set. */
    private Optional<Map<UUID, PresenceFact>> gathered = Optional.empty();

    record Online(UUID userId, Status status, Instant at) {}

    record Offline(UUID userId, @Nullable Instant lastSeenAt) {}

    record Changed(Presence presence) {}

    /** For the container's proxy. */
    @SuppressWarnings("NullAway.Init")
    PresenceBroadcasts() {}

    @Inject
    PresenceBroadcasts(
            SocketServer server, PresenceService presence, PresenceSettings settings, SharedRooms rooms, Alarm alarm) {
        this(server, presence::of, settings.enabled(), rooms, alarm);
    }

    /** @param presence of people, as it is now */
    PresenceBroadcasts(
            SocketServer server,
            Function<Collection<UUID>, List<Presence>> presence,
            boolean enabled,
            SharedRooms rooms,
            Alarm alarm) {
        this.server = server;
        this.presence = presence;
        this.enabled = enabled;
        this.rooms = rooms;
        this.alarm = alarm;
    }

    void gather(@Observes(during = TransactionPhase.AFTER_SUCCESS) PresenceFact fact) {
        if (put(fact)) {
            alarm.after(GATHERED, this::tellAll);
        }
    }

    /** @return whether it is the first */
    private synchronized boolean put(PresenceFact fact) {
        boolean first = gathered.isEmpty();
        Map<UUID, PresenceFact> facts = gathered.orElseGet(LinkedHashMap::new);
        gathered = Optional.of(facts);
        PresenceFact before = facts.get(fact.userId());
        // who came and changed within the moment came, with what they are now
        boolean stillComing = before instanceof PresenceFact.CameOnline && fact instanceof PresenceFact.Changed;
        if (!stillComing) {
            facts.put(fact.userId(), fact);
        }
        return first;
    }

    private synchronized Map<UUID, PresenceFact> taken() {
        Map<UUID, PresenceFact> facts = gathered.orElse(Map.of());
        gathered = Optional.empty();
        return facts;
    }

    private void tellAll() {
        for (PresenceFact fact : taken().values()) {
            try {
                tell(fact);
            } catch (RuntimeException failed) {
                // one person's trouble is not the others'
                LOG.log(Level.WARNING, "The presence of {0} could not be told: {1}", fact.userId(), failed.toString());
            }
        }
    }

    private void tell(PresenceFact fact) {
        Presence now = presence.apply(List.of(fact.userId())).getFirst();
        Broadcast audience = audience(fact);
        if (now.status() == Status.OFFLINE) {
            audience.emit("user_offline", new Offline(fact.userId(), now.lastSeenAt()));
            return;
        }
        switch (fact) {
            case PresenceFact.CameOnline came -> {
                audience.emit("user_online", new Online(came.userId(), now.status(), came.at()));
                if (now.statusText() != null || now.until() != null) {
                    audience.emit("presence_changed", new Changed(now));
                }
            }
            case PresenceFact.WentOffline went -> audience.emit("presence_changed", new Changed(now));
            case PresenceFact.Changed changed -> audience.emit("presence_changed", new Changed(now));
        }
    }

    private Broadcast audience(PresenceFact fact) {
        String[] audience = Stream.concat(
                        Stream.of(Audience.person(fact.userId())),
                        fact.roomIds().stream().map(Audience::room))
                .toArray(String[]::new);
        return server.to(audience);
    }

    /** Who shares a room from now on, or no longer: not on the thread that commits, it may take a while. */
    void membership(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChatFact fact) {
        if (!enabled) {
            return;
        }
        if (fact instanceof ChatFact.MemberJoined joined) {
            introduced(joined.roomId(), joined.user().id());
        } else if (fact instanceof ChatFact.MemberLeft left) {
            parted(left.roomId(), left.user().id());
        } else if (fact instanceof ChatFact.RoomOpened opened) {
            soon(() -> show(Audience.room(opened.roomId()), opened.room().keySet()));
        }
    }

    void introduced(UUID roomId, UUID newcomer) {
        soon(() -> introduce(roomId, newcomer));
    }

    void parted(UUID roomId, UUID gone) {
        soon(() -> part(roomId, gone));
    }

    private void soon(Runnable telling) {
        alarm.after(Duration.ZERO, () -> {
            try {
                telling.run();
            } catch (RuntimeException failed) {
                LOG.log(Level.WARNING, "Who shares a room could not be told: {0}", failed.toString());
            }
        });
    }

    private void introduce(UUID roomId, UUID newcomer) {
        show(Audience.person(newcomer), rooms.membersOf(roomId, MOST_MEMBERS));
        show(Audience.room(roomId), Set.of(newcomer));
    }

    /** People who are not there are left out: whoever hears nothing of somebody takes them for gone. */
    private void show(String audience, Set<UUID> people) {
        List<UUID> shown = people.stream().limit(MOST_MEMBERS).toList();
        for (Presence one : presence.apply(shown)) {
            if (one.status() != Status.OFFLINE) {
                server.to(audience).emit("presence_changed", new Changed(one));
            }
        }
    }

    /** Who shares no room any more stops knowing; both sides do. */
    private void part(UUID roomId, UUID gone) {
        Set<UUID> still = rooms.peersOf(gone);
        Changed unknown = new Changed(PresenceService.unknown(gone));
        for (UUID member : rooms.membersOf(roomId, MOST_MEMBERS)) {
            if (!still.contains(member) && !member.equals(gone)) {
                server.to(Audience.person(member)).emit("presence_changed", unknown);
                server.to(Audience.person(gone)).emit("presence_changed", new Changed(PresenceService.unknown(member)));
            }
        }
    }
}
