package dev.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.cluster.ManualAlarm;
import dev.parley.cluster.ManualClock;
import dev.parley.identity.Caller;
import dev.parley.presence.Presence.Status;
import dev.parley.problem.Problem;
import dev.parley.testing.Announcements;
import dev.parley.users.Whereabouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PresenceServiceTest {

    private static final Caller ALICE = caller("alice");
    private static final Caller BOB = caller("bob");
    private static final UUID ROOM = UUID.randomUUID();

    private final ManualClock clock = new ManualClock();
    private final ManualAlarm alarm = new ManualAlarm(clock);
    private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
    private final Announcements<PresenceFact> facts = new Announcements<>();
    private final Map<UUID, Instant> lastSeen = new HashMap<>();
    private final Set<UUID> reserved = new HashSet<>();
    private final Map<UUID, Whereabouts.Chosen> chosen = new HashMap<>();
    private final PresenceService one = node();
    private final PresenceService two = node();

    private static Caller caller(String name) {
        return new Caller(UUID.randomUUID(), UUID.randomUUID(), name, Set.of());
    }

    private PresenceService node() {
        return node(true);
    }

    private PresenceService node(boolean enabled) {
        PresenceService node = new PresenceService(
                map,
                new PresenceSettings(enabled, Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(20)),
                new SharedRooms() {
                    @Override
                    public Set<UUID> roomIdsOf(UUID userId) {
                        return Set.of(ROOM);
                    }

                    @Override
                    public Set<UUID> peersOf(UUID userId) {
                        return Set.of(ALICE.userId(), BOB.userId());
                    }

                    @Override
                    public Set<UUID> membersOf(UUID roomId, int most) {
                        return peersOf(ALICE.userId());
                    }

                    @Override
                    public long sizeOf(UUID roomId) {
                        return 2;
                    }
                },
                new Whereabouts() {
                    @Override
                    public void seen(UUID userId, Instant at) {
                        lastSeen.put(userId, at);
                    }

                    @Override
                    public Map<UUID, Instant> lastSeen(Collection<UUID> userIds) {
                        Map<UUID, Instant> found = new HashMap<>(lastSeen);
                        found.keySet().retainAll(userIds);
                        found.keySet().removeAll(reserved);
                        return found;
                    }

                    @Override
                    public void choose(UUID userId, @Nullable Chosen choice) {
                        if (choice == null) {
                            chosen.remove(userId);
                        } else {
                            chosen.put(userId, choice);
                        }
                    }

                    @Override
                    public Optional<Chosen> chosen(UUID userId) {
                        return Optional.ofNullable(chosen.get(userId));
                    }
                },
                facts,
                alarm,
                clock);
        node.beat();
        return node;
    }

    /** Time passes on nodes that live. */
    private void live(Duration time, PresenceService... nodes) {
        for (long second = 0; second < time.toSeconds(); second += 5) {
            alarm.advance(Duration.ofSeconds(5));
            for (PresenceService node : nodes) {
                node.beat();
                node.sweep();
            }
        }
    }

    private Presence alice(Status status) {
        return new Presence(ALICE.userId(), status, null, null, null);
    }

    @Test
    void says_once_that_somebody_came_whatever_the_number_of_their_tabs() {
        one.attend(ALICE, "a1", true);
        one.attend(ALICE, "a2", true);
        two.attend(ALICE, "a3", true);

        assertThat(facts.heard())
                .containsExactly(new PresenceFact.CameOnline(alice(Status.ONLINE), clock.instant(), Set.of(ROOM)));
        assertThat(two.connections(ALICE.userId())).isEqualTo(3);
        assertThat(two.of(ALICE.userId())).isEqualTo(alice(Status.ONLINE));
    }

    @Test
    void says_that_somebody_went_ten_seconds_after_their_last_connection_did() {
        one.attend(ALICE, "a1", true);
        two.attend(ALICE, "a2", true);
        one.leave(ALICE.userId(), "a1");
        alarm.advance(Duration.ofMinutes(1));
        facts.heard();

        two.leave(ALICE.userId(), "a2");
        Instant gone = clock.instant();
        alarm.advance(Duration.ofMillis(9_999));
        assertThat(facts.heard()).isEmpty();
        assertThat(one.of(ALICE.userId()).status()).isEqualTo(Status.ONLINE);
        alarm.advance(Duration.ofMillis(1));

        assertThat(facts.heard()).containsExactly(new PresenceFact.WentOffline(ALICE.userId(), Set.of(ROOM)));
        assertThat(one.of(ALICE.userId())).isEqualTo(new Presence(ALICE.userId(), Status.OFFLINE, null, null, gone));
        assertThat(map.keySet()).noneMatch(key -> key.contains(ALICE.userId().toString()));
    }

    @Test
    void says_nothing_of_a_reload() {
        one.attend(ALICE, "a1", true);
        facts.heard();

        one.leave(ALICE.userId(), "a1");
        alarm.advance(Duration.ofSeconds(3));
        two.attend(ALICE, "a2", true);
        alarm.advance(Duration.ofMinutes(1));

        assertThat(facts.heard()).isEmpty();
    }

    @Test
    void the_people_of_a_node_that_died_are_offline_within_45_seconds() {
        one.attend(ALICE, "a1", true);
        two.attend(BOB, "b1", true);
        live(Duration.ofSeconds(60), one, two);
        facts.heard();

        live(Duration.ofSeconds(25), two);
        assertThat(facts.heard()).isEmpty();
        live(Duration.ofSeconds(20), two);

        assertThat(facts.heard())
                .singleElement()
                .isInstanceOfSatisfying(
                        PresenceFact.WentOffline.class,
                        fact -> assertThat(fact.userId()).isEqualTo(ALICE.userId()));
        assertThat(two.of(BOB.userId()).status()).isEqualTo(Status.ONLINE);
    }

    @Test
    void nobody_waits_for_a_node_that_said_goodbye() {
        one.attend(ALICE, "a1", true);
        live(Duration.ofSeconds(10), one, two);
        facts.heard();

        one.stop();
        live(Duration.ofSeconds(20), two);

        assertThat(facts.heard()).hasSize(1).first().isInstanceOf(PresenceFact.WentOffline.class);
    }

    @Test
    void somebody_who_moves_from_a_dead_node_to_another_stays() {
        one.attend(ALICE, "a1", true);
        live(Duration.ofSeconds(10), one, two);
        facts.heard();

        two.attend(ALICE, "a2", true);
        live(Duration.ofSeconds(60), two);

        assertThat(facts.heard()).isEmpty();
        assertThat(two.connections(ALICE.userId())).isEqualTo(1);
    }

    @Test
    void a_lease_that_was_lost_is_taken_anew() {
        one.attend(ALICE, "a1", true);
        live(Duration.ofSeconds(5), one);
        facts.heard();

        map.clear();
        live(Duration.ofSeconds(5), one);

        assertThat(one.connections(ALICE.userId())).isEqualTo(1);
        one.leave(ALICE.userId(), "a1");
        live(Duration.ofSeconds(20), one);
        assertThat(one.connections(ALICE.userId())).isZero();
    }

    @Test
    void is_away_when_no_device_was_used_for_five_minutes_and_back_at_once() {
        one.attend(ALICE, "a1", true);
        two.attend(ALICE, "a2", true);
        live(Duration.ofMinutes(4), one, two);
        two.active(ALICE, "a2");
        facts.heard();
        live(Duration.ofMinutes(4), one, two);
        assertThat(facts.heard()).isEmpty();

        live(Duration.ofMinutes(1).plusSeconds(5), one, two);
        assertThat(facts.heard()).containsExactly(new PresenceFact.Changed(alice(Status.AWAY), Set.of(ROOM)));

        one.active(ALICE, "a1");
        assertThat(facts.heard()).containsExactly(new PresenceFact.Changed(alice(Status.ONLINE), Set.of(ROOM)));
    }

    @Test
    void shows_what_a_person_chose_for_as_long_as_they_chose() {
        one.attend(ALICE, "a1", true);
        facts.heard();

        Instant until = clock.instant().plus(Duration.ofMinutes(10));
        Presence shown = one.choose(ALICE, Status.DND, " In a talk ", until);
        assertThat(shown).isEqualTo(new Presence(ALICE.userId(), Status.DND, "In a talk", until, null));
        assertThat(facts.heard()).containsExactly(new PresenceFact.Changed(shown, Set.of(ROOM)));

        one.inCall(ALICE.userId(), true);
        assertThat(facts.heard()).isEmpty();
        live(Duration.ofMinutes(10), one);
        assertThat(facts.heard()).containsExactly(new PresenceFact.Changed(alice(Status.IN_CALL), Set.of(ROOM)));
    }

    @Test
    void says_that_a_choice_ends_at_another_time() {
        one.attend(ALICE, "a1", true);
        Instant until = clock.instant().plus(Duration.ofMinutes(10));
        one.choose(ALICE, Status.DND, null, until);
        facts.heard();

        one.choose(ALICE, Status.DND, null, until.plusSeconds(60));
        one.choose(ALICE, Status.DND, null, null);

        assertThat(facts.heard())
                .extracting(fact -> ((PresenceFact.Changed) fact).presence().until())
                .containsExactly(until.plusSeconds(60), null);
    }

    @Test
    void keeps_to_itself_when_somebody_was_there_who_does_not_want_it_known() {
        one.attend(ALICE, "a1", true);
        one.leave(ALICE.userId(), "a1");
        reserved.add(ALICE.userId());

        live(Duration.ofSeconds(10), one);

        assertThat(one.of(ALICE.userId())).isEqualTo(alice(Status.OFFLINE));
        reserved.clear();
        assertThat(one.of(ALICE.userId()).lastSeenAt()).isNotNull();
    }

    @Test
    void remembers_a_choice_when_its_person_comes_back() {
        one.attend(ALICE, "a1", true);
        one.choose(ALICE, Status.DND, null, null);
        one.leave(ALICE.userId(), "a1");
        alarm.advance(Duration.ofHours(1));
        facts.heard();

        two.attend(ALICE, "a2", true);
        assertThat(facts.heard())
                .containsExactly(new PresenceFact.CameOnline(alice(Status.DND), clock.instant(), Set.of(ROOM)));

        two.choose(ALICE, Status.ONLINE, null, null);
        assertThat(facts.heard()).containsExactly(new PresenceFact.Changed(alice(Status.ONLINE), Set.of(ROOM)));
        assertThat(chosen).isEmpty();
    }

    @Test
    void somebody_in_a_call_is_and_then_is_not() {
        one.inCall(ALICE.userId(), true);
        assertThat(facts.heard()).isEmpty();
        one.attend(ALICE, "a1", true);
        facts.heard();

        two.inCall(ALICE.userId(), true);
        two.inCall(ALICE.userId(), true);
        one.inCall(ALICE.userId(), false);

        assertThat(facts.heard())
                .containsExactly(
                        new PresenceFact.Changed(alice(Status.IN_CALL), Set.of(ROOM)),
                        new PresenceFact.Changed(alice(Status.ONLINE), Set.of(ROOM)));
    }

    @Test
    void a_call_that_ends_while_its_person_reloads_has_ended() {
        one.attend(ALICE, "a1", true);
        one.inCall(ALICE.userId(), true);
        one.leave(ALICE.userId(), "a1");
        two.inCall(ALICE.userId(), false);

        two.attend(ALICE, "a2", true);

        assertThat(two.of(ALICE.userId())).isEqualTo(alice(Status.ONLINE));
    }

    @Test
    void a_machine_that_wakes_up_is_no_person() {
        one.attend(ALICE, "a1", false);
        assertThat(facts.heard())
                .containsExactly(new PresenceFact.CameOnline(alice(Status.AWAY), clock.instant(), Set.of(ROOM)));

        one.active(ALICE, "a1");

        assertThat(facts.heard()).containsExactly(new PresenceFact.Changed(alice(Status.ONLINE), Set.of(ROOM)));
    }

    @Test
    void a_choice_ends_on_time_and_not_with_the_next_sweep() {
        one.attend(ALICE, "a1", true);
        one.choose(ALICE, Status.DND, null, clock.instant().plusMillis(1_500));
        facts.heard();

        alarm.advance(Duration.ofMillis(1_500));

        assertThat(facts.heard()).containsExactly(new PresenceFact.Changed(alice(Status.ONLINE), Set.of(ROOM)));
    }

    @Test
    void ten_reloads_leave_one_session_and_tell_nobody() {
        one.attend(ALICE, "a0", true);
        facts.heard();
        for (int reload = 1; reload <= 10; reload++) {
            one.leave(ALICE.userId(), "a" + (reload - 1));
            alarm.advance(Duration.ofMillis(700));
            two.attend(ALICE, "a" + reload, true);
            two.leave(ALICE.userId(), "a" + reload);
            one.attend(ALICE, "a" + reload, true);
        }
        alarm.advance(Duration.ofMinutes(1));

        assertThat(facts.heard()).isEmpty();
        assertThat(one.connections(ALICE.userId())).isEqualTo(1);
    }

    @Test
    void knows_nothing_and_says_nothing_when_it_is_off() {
        PresenceService off = node(false);

        off.attend(ALICE, "a1", true);
        Presence chosen = off.choose(ALICE, Status.DND, "busy", null);
        live(Duration.ofMinutes(6), off);

        assertThat(chosen).isEqualTo(alice(Status.UNKNOWN));
        assertThat(off.around(ALICE)).containsExactly(alice(Status.UNKNOWN), PresenceService.unknown(BOB.userId()));
        assertThat(off.connections(ALICE.userId())).isEqualTo(1);
        assertThat(facts.heard()).isEmpty();
    }

    @Test
    void refuses_choices_that_make_no_sense() {
        one.attend(ALICE, "a1", true);

        assertThatExceptionOfType(Problem.class).isThrownBy(() -> one.choose(ALICE, null, null, null));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> one.choose(ALICE, Status.IN_CALL, null, null));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> one.choose(ALICE, Status.UNKNOWN, null, null));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> one.choose(ALICE, Status.DND, "x".repeat(141), null));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> one.choose(ALICE, Status.DND, null, clock.instant()));
    }

    @Test
    void knows_those_around_even_when_they_are_not_there() {
        one.attend(ALICE, "a1", true);
        lastSeen.put(BOB.userId(), Instant.parse("2026-11-21T20:00:00Z"));

        assertThat(one.around(ALICE))
                .containsExactly(
                        alice(Status.ONLINE),
                        new Presence(BOB.userId(), Status.OFFLINE, null, null, Instant.parse("2026-11-21T20:00:00Z")));
    }

    @Test
    void what_one_version_writes_another_can_read() {
        Attendance old = Attendance.read(
                "{\"leases\":{\"s\":{\"node\":\"n\",\"activeAt\":5,\"future\":1}},\"inCall\":false,\"future\":{}}");

        assertThat(old.leases()).containsOnlyKeys("s");
        assertThat(Attendance.read(old.json())).isEqualTo(old);
    }
}
