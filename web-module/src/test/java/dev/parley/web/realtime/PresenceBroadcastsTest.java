package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.Presence;
import dev.parley.presence.Presence.Status;
import dev.parley.presence.PresenceFact;
import dev.parley.presence.PresenceService;
import dev.parley.presence.SharedRooms;
import dev.parley.socketio.testkit.TestServer;
import dev.parley.socketio.testkit.TestSocket;
import dev.parley.web.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PresenceBroadcastsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final UUID ROOM = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();
    private static final UUID CAROL = UUID.randomUUID();

    private final Map<UUID, Presence> now = new HashMap<>();
    private final Map<UUID, Set<UUID>> members = new HashMap<>();
    private final Deque<Runnable> alarms = new ArrayDeque<>();
    private final TestServer server = TestServer.create(builder -> builder.json(Json.mapper()));
    private final TestSocket alice = in(ALICE, ROOM);
    private final TestSocket bob = in(BOB, ROOM);
    private final TestSocket carol = in(CAROL, OTHER);
    private final PresenceBroadcasts broadcasts = new PresenceBroadcasts(
            server.server(),
            people -> people.stream()
                    .map(id -> now.getOrDefault(id, new Presence(id, Status.OFFLINE, null, null, null)))
                    .toList(),
            true,
            new Rooms(),
            (delay, task) -> {
                assertThat(delay).isLessThan(Duration.ofSeconds(1));
                alarms.add(task);
                return () -> {};
            });

    private TestSocket in(UUID person, UUID room) {
        TestSocket client = server.join();
        server.socket(client).join(Audience.person(person), Audience.room(room));
        members.computeIfAbsent(room, id -> new HashSet<>()).add(person);
        return client;
    }

    private Presence is(UUID person, Status status, @Nullable String text) {
        Presence presence = new Presence(person, status, text, null, null);
        now.put(person, presence);
        return presence;
    }

    private void ring() {
        while (!alarms.isEmpty()) {
            alarms.removeFirst().run();
        }
    }

    private static List<String> heard(TestSocket client) {
        return client.take().stream()
                .map(event -> event.event() + " " + event.argument(0))
                .toList();
    }

    private static String changed(Presence presence) {
        return "presence_changed " + Json.mapper().valueToTree(new PresenceBroadcasts.Changed(presence));
    }

    @Test
    void tells_the_outcome_of_a_moment_to_those_who_share_a_room() {
        Presence came = is(ALICE, Status.AWAY, null);
        broadcasts.gather(new PresenceFact.CameOnline(came, NOW, Set.of(ROOM)));
        Presence active = is(ALICE, Status.ONLINE, null);
        broadcasts.gather(new PresenceFact.Changed(active, Set.of(ROOM)));
        assertThat(bob.received()).isEmpty();

        ring();

        assertThat(heard(bob))
                .isEqualTo(List.of("user_online "
                        + Json.mapper().valueToTree(new PresenceBroadcasts.Online(ALICE, Status.ONLINE, NOW))));
        assertThat(carol.received()).isEmpty();
    }

    @Test
    void tells_of_many_in_one_burst() {
        Presence first = is(ALICE, Status.DND, "Writing");
        Presence second = is(CAROL, Status.AWAY, null);
        broadcasts.gather(new PresenceFact.Changed(first, Set.of(ROOM)));
        broadcasts.gather(new PresenceFact.Changed(second, Set.of(ROOM)));
        assertThat(alarms).hasSize(1);

        ring();

        assertThat(heard(bob)).isEqualTo(List.of(changed(first), changed(second)));
    }

    @Test
    void says_what_is_true_when_it_speaks() {
        broadcasts.gather(new PresenceFact.WentOffline(ALICE, Set.of(ROOM)));
        Presence back = is(ALICE, Status.ONLINE, null);

        ring();

        assertThat(heard(bob)).isEqualTo(List.of(changed(back)));
    }

    @Test
    void says_when_somebody_went() {
        broadcasts.gather(new PresenceFact.WentOffline(ALICE, Set.of(ROOM)));

        ring();

        assertThat(bob.events()).containsExactly("user_offline");
        broadcasts.gather(new PresenceFact.WentOffline(ALICE, Set.of(ROOM)));
        assertThat(alarms).hasSize(1);
    }

    @Test
    void who_joins_a_room_sees_who_is_there_and_is_seen() {
        Presence thatOfAlice = is(ALICE, Status.ONLINE, null);
        Presence thatOfCarol = is(CAROL, Status.DND, null);
        members.get(ROOM).add(CAROL);

        broadcasts.introduced(ROOM, CAROL);
        ring();

        assertThat(heard(carol)).containsExactlyInAnyOrder(changed(thatOfAlice), changed(thatOfCarol));
        assertThat(heard(bob)).isEqualTo(List.of(changed(thatOfCarol)));
    }

    @Test
    void who_shares_no_room_any_more_is_unknown() {
        members.get(ROOM).remove(BOB);

        broadcasts.parted(ROOM, BOB);
        ring();

        assertThat(heard(alice)).isEqualTo(List.of(changed(PresenceService.unknown(BOB))));
        assertThat(heard(bob)).isEqualTo(List.of(changed(PresenceService.unknown(ALICE))));
    }

    @Test
    void who_shares_another_room_goes_on_seeing() {
        members.get(ROOM).remove(BOB);
        members.get(OTHER).addAll(Set.of(ALICE, BOB));

        broadcasts.parted(ROOM, BOB);
        ring();

        assertThat(alice.received()).isEmpty();
        assertThat(bob.received()).isEmpty();
    }

    private final class Rooms implements SharedRooms {

        @Override
        public Set<UUID> roomIdsOf(UUID userId) {
            return Set.of();
        }

        @Override
        public Set<UUID> peersOf(UUID userId) {
            Set<UUID> peers = new HashSet<>();
            members.values().stream().filter(room -> room.contains(userId)).forEach(peers::addAll);
            return peers;
        }

        @Override
        public Set<UUID> membersOf(UUID roomId, int most) {
            return Set.copyOf(members.getOrDefault(roomId, Set.of()));
        }

        @Override
        public long sizeOf(UUID roomId) {
            return membersOf(roomId, 0).size();
        }
    }
}
