package dev.parley.presence;

import dev.parley.cluster.Alarm;
import dev.parley.cluster.Replicated;
import dev.parley.identity.Caller;
import dev.parley.presence.Attendance.Choice;
import dev.parley.presence.Attendance.Lease;
import dev.parley.presence.Attendance.Shown;
import dev.parley.presence.Presence.Status;
import dev.parley.problem.Problem;
import dev.parley.text.Text;
import dev.parley.users.Whereabouts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Knows who is there. Each socket leases its person's presence from the node it is connected to; the leases of all nodes are one
 * entry of a replicated map for each person. Every change is a compare-and-set of that entry, and whoever wins tells what it
 * changed: each fact is told once, by one node.
 */
@ApplicationScoped
public class PresenceService {

    private static final Logger LOG = System.getLogger(PresenceService.class.getName());

    private static final String PERSON = "person ";
    private static final int ATTEMPTS = 100;
    private static final int LONGEST_TEXT = 140;
    private static final Duration LONGEST_CHOICE = Duration.ofDays(366);
    private static final long NEVER = 0;

    /** Activity is worth a message between nodes only so often. */
    private static final Duration ACTIVITY_STEP = Duration.ofMinutes(1);

    private ConcurrentMap<String, String> map;
    private Nodes nodes;
    private PresenceSettings settings;
    private SharedRooms rooms;
    private Whereabouts whereabouts;
    private Event<PresenceFact> facts;
    private Alarm alarm;
    private Clock clock;

    /** The sockets of this node, so that leases that were lost (two halves of a cluster that met again) are taken anew. */
    private final ConcurrentMap<String, Own> own = new ConcurrentHashMap<>();

    private record Own(UUID userId, long activeAt) {}

    /** For the container's proxy. */
    @SuppressWarnings("NullAway.Init")
    PresenceService() {}

    @Inject
    PresenceService(
            @Replicated(Replicated.PRESENCE) ConcurrentMap<String, String> map,
            PresenceSettings settings,
            SharedRooms rooms,
            Whereabouts whereabouts,
            Event<PresenceFact> facts,
            Alarm alarm,
            Clock clock) {
        this.map = map;
        this.nodes = new Nodes(map, settings.lease());
        this.settings = settings;
        this.rooms = rooms;
        this.whereabouts = whereabouts;
        this.facts = facts;
        this.alarm = alarm;
        this.clock = clock;
    }

    /**
     * A socket of the caller opened.
     *
     * @param active whether the person did that, and not a machine that woke up
     */
    public void attend(Caller caller, String socketId, boolean active) {
        UUID userId = caller.userId();
        long activeAt = active ? clock.millis() : NEVER;
        own.put(socketId, new Own(userId, activeAt));
        Choice choice = map.containsKey(key(userId)) ? null : chosenBefore(userId);
        Lease lease = new Lease(nodes.own(), activeAt);
        change(userId, before -> {
            Attendance after = before.with(socketId, lease);
            return before.leases().isEmpty() && before.choice() == null ? after.choosing(choice) : after;
        });
    }

    private @Nullable Choice chosenBefore(UUID userId) {
        return whereabouts
                .chosen(userId)
                .map(chosen -> new Choice(
                        Status.valueOf(chosen.status()),
                        chosen.text(),
                        chosen.until() == null ? null : chosen.until().toEpochMilli()))
                .orElse(null);
    }

    /** A socket is gone; the person stays until {@link PresenceSettings#grace} has passed. */
    public void leave(UUID userId, String socketId) {
        own.remove(socketId);
        Instant now = clock.instant();
        Attendance after = change(userId, before -> before.without(socketId, now));
        if (after.leases().isEmpty()) {
            whereabouts.seen(userId, now);
            alarm.after(settings.grace(), () -> settle(userId));
        }
    }

    /** The person did something at this socket: pressed a key, moved the pointer, looked at the page. */
    public void active(Caller caller, String socketId) {
        Instant now = clock.instant();
        long stale = now.minus(ACTIVITY_STEP).toEpochMilli();
        own.computeIfPresent(socketId, (id, known) -> new Own(known.userId(), now.toEpochMilli()));
        change(caller.userId(), before -> {
            Lease lease = before.leases().get(socketId);
            boolean worthIt = lease != null
                    && (lease.activeAt() <= stale || before.shown(now, settings).status() == Status.AWAY);
            return worthIt ? before.active(socketId, now) : before;
        });
    }

    /**
     * What the caller wants to be shown as.
     *
     * @param status {@code ONLINE} (follow the devices), {@code AWAY} or {@code DND}
     * @param text at most 140 characters, or null
     * @param until when it ends, within a year, or null for never
     * @throws Problem {@code invalid}
     */
    public Presence choose(Caller caller, @Nullable Status status, @Nullable String text, @Nullable Instant until) {
        if (status != Status.ONLINE && status != Status.AWAY && status != Status.DND) {
            throw Problem.invalid("'status' is one of online, away and dnd.");
        }
        String shown = text == null || text.isBlank() ? null : Text.line(text, "statusText", LONGEST_TEXT);
        requireSoon(until);
        boolean nothing = status == Status.ONLINE && shown == null;
        Choice choice = nothing ? null : new Choice(status, shown, until == null ? null : until.toEpochMilli());
        whereabouts.choose(caller.userId(), nothing ? null : new Whereabouts.Chosen(status.name(), shown, until));
        if (choice != null && until != null) {
            // to the second; should this node go before, the sweep of another is hardly later
            alarm.after(Duration.between(clock.instant(), until), () -> settle(caller.userId()));
        }
        Attendance after =
                change(caller.userId(), before -> before.equals(Attendance.NOBODY) ? before : before.choosing(choice));
        return settings.enabled()
                ? after.presence(caller.userId(), clock.instant(), settings)
                : unknown(caller.userId());
    }

    private void requireSoon(@Nullable Instant until) {
        Instant now = clock.instant();
        if (until != null && !until.isAfter(now)) {
            throw Problem.invalid("'until' is in the past.");
        }
        if (until != null && until.isAfter(now.plus(LONGEST_CHOICE))) {
            throw Problem.invalid(
                    "'until' is " + LONGEST_CHOICE.toDays() + " days ahead at most; leave it out for ever.");
        }
    }

    /**
     * A person is speaking in a call, or no longer. Somebody who is not there is not in a call; that a call ended counts also for who
     * is reloading just then.
     */
    public void inCall(UUID userId, boolean inCall) {
        change(userId, before -> {
            boolean absent = inCall && before.leases().isEmpty();
            return absent || before.inCall() == inCall ? before : before.inCall(inCall);
        });
    }

    /** How many sockets a person has, on all nodes. */
    public int connections(UUID userId) {
        return Attendance.read(map.get(key(userId))).leases().size();
    }

    public Presence of(UUID userId) {
        return of(List.of(userId)).getFirst();
    }

    /** In the order asked for; people who are not there with the time when they last were, if they let others know. */
    public List<Presence> of(Collection<UUID> userIds) {
        if (!settings.enabled()) {
            return userIds.stream().map(PresenceService::unknown).toList();
        }
        Instant now = clock.instant();
        List<Presence> found = new ArrayList<>(userIds.size());
        List<UUID> absent = new ArrayList<>();
        for (UUID userId : userIds) {
            Presence presence = Attendance.read(map.get(key(userId))).presence(userId, now, settings);
            found.add(presence);
            if (presence.status() == Status.OFFLINE) {
                absent.add(userId);
            }
        }
        Map<UUID, Instant> lastSeen = absent.isEmpty() ? Map.of() : whereabouts.lastSeen(absent);
        found.replaceAll(presence -> lastSeen.containsKey(presence.userId())
                ? new Presence(presence.userId(), Status.OFFLINE, null, null, lastSeen.get(presence.userId()))
                : presence);
        return found;
    }

    /** That nobody can say, or nobody may. */
    public static Presence unknown(UUID userId) {
        return new Presence(userId, Status.UNKNOWN, null, null, null);
    }

    /** Everybody who shares a room with the caller, and the caller. */
    public List<Presence> around(Caller caller) {
        List<UUID> userIds = new ArrayList<>(rooms.peersOf(caller.userId()));
        userIds.remove(caller.userId());
        userIds.addFirst(caller.userId());
        return of(userIds);
    }

    /** This node lives; called again and again, first of all before any socket is let in. */
    void beat() {
        nodes.beat();
    }

    /** Ends what has run out: leases of nodes that are gone, grace, activity, choices. Any node may, and one does. */
    void sweep() {
        Instant now = clock.instant();
        nodes.watch(now);
        for (String key : List.copyOf(map.keySet())) {
            if (key.startsWith(PERSON)) {
                UUID userId = UUID.fromString(key.substring(PERSON.length()));
                attempt(userId, before -> before.without(nodes::dead, now));
            }
        }
        own.forEach((socketId, seat) -> {
            UUID userId = seat.userId();
            if (!Attendance.read(map.get(key(userId))).leases().containsKey(socketId)) {
                Lease lease = new Lease(nodes.own(), seat.activeAt());
                attempt(userId, before -> own.containsKey(socketId) ? before.with(socketId, lease) : before);
            }
        });
    }

    /** Something has run out: what follows from that is told. */
    private void settle(UUID userId) {
        attempt(userId, before -> before);
    }

    /** One person's trouble is not the others'. */
    private void attempt(UUID userId, UnaryOperator<Attendance> change) {
        try {
            change(userId, change);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "The presence of {0} could not be settled: {1}", userId, failed.toString());
        }
    }

    void stop() {
        nodes.leave();
    }

    private static String key(UUID userId) {
        return PERSON + userId;
    }

    /** Applies the change, announces what follows from it, and tells once it is written. */
    private Attendance change(UUID userId, UnaryOperator<Attendance> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String json = map.get(key(userId));
            Attendance before = Attendance.read(json);
            Attendance changed = change.apply(before);
            Instant now = clock.instant();
            Shown shown = changed.shown(now, settings);
            boolean gone = changed.leases().isEmpty() && shown.equals(Shown.OFFLINE);
            Attendance after = gone ? changed : changed.announcing(shown);
            if ((after.equals(before) && !gone) || written(userId, json, gone ? null : after.json())) {
                tell(userId, before, after, shown, now);
                return after;
            }
        }
        throw Problem.unavailable("Too much happens at once.", Duration.ofSeconds(1));
    }

    private boolean written(UUID userId, @Nullable String before, @Nullable String after) {
        String key = key(userId);
        if (before == null) {
            return after == null || map.putIfAbsent(key, after) == null;
        }
        return after == null ? map.remove(key, before) : map.replace(key, before, after);
    }

    private void tell(UUID userId, Attendance before, Attendance after, Shown shown, Instant now) {
        Shown told = before.announced() == null ? Shown.OFFLINE : before.announced();
        if (told.equals(shown) || !settings.enabled()) {
            return;
        }
        Presence presence = after.presence(userId, now, settings);
        var roomIds = rooms.roomIdsOf(userId);
        if (shown.status() == Status.OFFLINE) {
            Long goneAt = after.goneAt();
            // again: the node that had their last connection may be gone without a word
            whereabouts.seen(userId, goneAt == null ? now : Instant.ofEpochMilli(goneAt));
            facts.fire(new PresenceFact.WentOffline(userId, roomIds));
        } else if (told.status() == Status.OFFLINE) {
            facts.fire(new PresenceFact.CameOnline(presence, now, roomIds));
        } else {
            facts.fire(new PresenceFact.Changed(presence, roomIds));
        }
    }
}
