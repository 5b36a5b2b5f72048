package dev.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.ManualAlarm;
import dev.parley.cluster.ManualClock;
import dev.parley.identity.Caller;
import dev.parley.presence.Presence.Status;
import dev.parley.testing.Announcements;
import dev.parley.users.Whereabouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever a person's tabs and devices do on two nodes: what is shown follows from them, and others were told just that. */
class PresenceProperties {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofMinutes(5);

    sealed interface Step {

        record Open(int node, int socket, boolean active) implements Step {}

        record Close(int socket) implements Step {}

        record Active(int socket) implements Step {}

        record Choose(Status status, int seconds) implements Step {}

        record Call(boolean on) implements Step {}

        /** Time passes, in steps of the nodes' pulse. */
        record Pass(int pulses) implements Step {}
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        Arbitrary<Integer> socket = Arbitraries.integers().between(0, 3);
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(
                        4,
                        Combinators.combine(Arbitraries.of(0, 1), socket, either)
                                .as(Step.Open::new)),
                Tuple.of(3, socket.map(Step.Close::new)),
                Tuple.of(2, socket.map(Step.Active::new)),
                Tuple.of(
                        2,
                        Combinators.combine(
                                        Arbitraries.of(Status.ONLINE, Status.AWAY, Status.DND),
                                        Arbitraries.of(0, 5, 45, 600))
                                .as(Step.Choose::new)),
                Tuple.of(2, either.map(Step.Call::new)),
                Tuple.of(4, Arbitraries.of(1, 2, 3, 20, 61).map(Step.Pass::new)));
        return step.list().ofMaxSize(25);
    }

    @Property(tries = 200)
    void everybody_is_shown_as_their_best_device_and_others_are_told_exactly_that(@ForAll("lives") List<Step> life) {
        World world = new World();

        for (Step step : life) {
            world.live(step);

            assertThat(world.shownBy(0)).as("node 0 after %s", step).isEqualTo(world.expected());
            assertThat(world.shownBy(1)).as("node 1 after %s", step).isEqualTo(world.expected());
            assertThat(world.told()).as("told after %s", step).isEqualTo(world.expected());
            assertThat(world.nodes[0].connections(World.ALICE.userId())).isEqualTo(world.sockets.size());
        }
    }

    /** Two nodes, and beside them what ought to be: as the rules are told, not as they are built. */
    private static final class World {

        static final Caller ALICE = new Caller(UUID.randomUUID(), UUID.randomUUID(), "alice", Set.of());

        private record Seat(int node, Instant activeAt) {}

        private final ManualClock clock = new ManualClock();
        private final ManualAlarm alarm = new ManualAlarm(clock);
        private final Announcements<PresenceFact> facts = new Announcements<>();
        private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
        private final Map<UUID, Whereabouts.Chosen> kept = new HashMap<>();
        private final PresenceService[] nodes = {node(), node()};

        private final Map<Integer, Seat> sockets = new HashMap<>();
        private @Nullable Instant goneAt;
        private boolean inCall;
        private Status chosen = Status.ONLINE;
        private @Nullable Instant until;
        private Status before = Status.OFFLINE;
        private Told told = new Told(Status.OFFLINE, null);

        private record Told(Status status, @Nullable Instant until) {

            static Told of(Presence presence) {
                return new Told(presence.status(), presence.until());
            }
        }

        Status expected() {
            if (sockets.isEmpty()) {
                return goneAt != null && clock.instant().isBefore(goneAt.plus(GRACE)) ? before : Status.OFFLINE;
            }
            boolean chose =
                    chosen != Status.ONLINE && (until == null || clock.instant().isBefore(until));
            if (chose) {
                return chosen;
            }
            return inCall ? Status.IN_CALL : anyUsed() ? Status.ONLINE : Status.AWAY;
        }

        private boolean anyUsed() {
            Instant since = clock.instant().minus(IDLE);
            return sockets.values().stream().anyMatch(seat -> seat.activeAt().isAfter(since));
        }

        Status shownBy(int node) {
            return nodes[node].of(ALICE.userId()).status();
        }

        /** What somebody believes who heard it all, and was never told the same twice. */
        Status told() {
            for (PresenceFact fact : facts.heard()) {
                Told next = switch (fact) {
                    case PresenceFact.CameOnline came -> Told.of(came.presence());
                    case PresenceFact.WentOffline went -> new Told(Status.OFFLINE, null);
                    case PresenceFact.Changed changed -> Told.of(changed.presence());
                };
                assertThat(next).as("told anew").isNotEqualTo(told);
                told = next;
            }
            return told.status();
        }

        void live(Step step) {
            switch (step) {
                case Step.Open open when sockets.containsKey(open.socket()) -> {}
                case Step.Open open -> {
                    nodes[open.node()].attend(ALICE, "s" + open.socket(), open.active());
                    sockets.put(open.socket(), new Seat(open.node(), open.active() ? clock.instant() : Instant.EPOCH));
                }
                case Step.Close close when !sockets.containsKey(close.socket()) -> {}
                case Step.Close close -> {
                    Seat seat = sockets.remove(close.socket());
                    if (sockets.isEmpty()) {
                        goneAt = clock.instant();
                    }
                    nodes[seat.node()].leave(ALICE.userId(), "s" + close.socket());
                }
                case Step.Active active when !sockets.containsKey(active.socket()) -> {}
                case Step.Active active -> {
                    Seat seat = sockets.get(active.socket());
                    // activity is told between nodes once a minute, unless it changes what is shown
                    if (expected() == Status.AWAY
                            || !seat.activeAt().isAfter(clock.instant().minusSeconds(60))) {
                        sockets.put(active.socket(), new Seat(seat.node(), clock.instant()));
                    }
                    nodes[seat.node()].active(ALICE, "s" + active.socket());
                }
                case Step.Choose choose -> {
                    Instant end = choose.seconds() == 0 ? null : clock.instant().plusSeconds(choose.seconds());
                    chosen = choose.status();
                    until = end;
                    nodes[0].choose(ALICE, choose.status(), null, end);
                }
                case Step.Call call -> {
                    if (!call.on() || !sockets.isEmpty()) {
                        inCall = call.on();
                    }
                    nodes[1].inCall(ALICE.userId(), call.on());
                }
                case Step.Pass pass -> pass(pass.pulses());
            }
            settle();
        }

        private void pass(int pulses) {
            for (int pulse = 0; pulse < pulses; pulse++) {
                alarm.advance(Duration.ofSeconds(5));
                for (PresenceService node : nodes) {
                    node.beat();
                    node.sweep();
                }
                settle();
            }
        }

        private void settle() {
            if (!sockets.isEmpty()) {
                goneAt = null;
                before = expected();
            } else if (expected() == Status.OFFLINE) {
                inCall = false;
            }
        }

        private PresenceService node() {
            PresenceService node = new PresenceService(
                    map,
                    new PresenceSettings(true, GRACE, IDLE, Duration.ofSeconds(20)),
                    new Alone(),
                    new Kept(kept),
                    facts,
                    alarm,
                    clock);
            node.beat();
            return node;
        }
    }

    private static final class Alone implements SharedRooms {

        @Override
        public Set<UUID> roomIdsOf(UUID userId) {
            return Set.of();
        }

        @Override
        public Set<UUID> peersOf(UUID userId) {
            return Set.of(userId);
        }

        @Override
        public Set<UUID> membersOf(UUID roomId, int most) {
            return Set.of();
        }

        @Override
        public long sizeOf(UUID roomId) {
            return 0;
        }
    }

    private static final class Kept extends Whereabouts {

        private final Map<UUID, Chosen> kept;

        Kept(Map<UUID, Chosen> kept) {
            this.kept = kept;
        }

        @Override
        public void seen(UUID userId, Instant at) {}

        @Override
        public Map<UUID, Instant> lastSeen(Collection<UUID> userIds) {
            return Map.of();
        }

        @Override
        public void choose(UUID userId, @Nullable Chosen choice) {
            if (choice == null) {
                kept.remove(userId);
            } else {
                kept.put(userId, choice);
            }
        }

        @Override
        public Optional<Chosen> chosen(UUID userId) {
            return Optional.ofNullable(kept.get(userId));
        }
    }
}
