package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.calls.CallService.Rejoining;
import dev.parley.cluster.ManualClock;
import dev.parley.cluster.TestDatabase;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.testing.Announcements;
import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.ejb.EJBException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallServiceTest {

    private final TestDatabase database = new TestDatabase();
    /** Happens once, just before a call is put into its room. */
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    private final ConcurrentMap<String, String> map = new ConcurrentHashMap<>() {
        @Override
        public String putIfAbsent(String key, String value) {
            meanwhile.getAndSet(() -> {}).run();
            return super.putIfAbsent(key, value);
        }
    };
    private final ManualClock clock = new ManualClock();
    private final Announcements<CallFact> facts = new Announcements<>();
    private final Announcements<CallMeasured> measured = new Announcements<>();
    private final List<CallLog.EndedCall> messages = new CopyOnWriteArrayList<>();
    private final Set<UUID> talking = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean databaseIsDown = new AtomicBoolean();

    private final UUID direct = UUID.randomUUID();
    private final UUID group = UUID.randomUUID();
    private final Caller alice = person("alice");
    private final Caller bob = person("bob");
    private final Caller carol = person("carol");
    private final Caller mallory = person("mallory");
    private final Set<UUID> members = new HashSet<>(Set.of(alice.userId(), bob.userId(), carol.userId()));

    private long sizeOfGroup = 3;

    private final CallService calls = node();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void who_is_sent_out_of_a_room_is_out_of_its_call() {
        var started = calls.start(alice, "a", group, CallKind.AUDIO, true);
        UUID callId = started.call().id();
        calls.accept(bob, "b", callId, true, false);
        calls.join(carol, "c", callId, true, false, null);
        facts.heard();

        calls.sentOut(group, bob.userId());
        calls.sentOut(group, mallory.userId());
        calls.sentOut(UUID.randomUUID(), carol.userId());

        assertThat(facts.heard()).singleElement().isInstanceOfSatisfying(CallFact.Left.class, left -> {
            assertThat(left.userId()).isEqualTo(bob.userId());
            assertThat(left.reason()).isEqualTo("removed");
        });
        calls.closed(group);
        assertThat(facts.heard())
                .hasExactlyElementsOfTypes(CallFact.Left.class, CallFact.Left.class, CallFact.Ended.class);
        assertThat(map).isEmpty();
    }

    @Test
    void a_call_that_no_server_knows_any_more_goes_on_with_those_who_talk() {
        var started = calls.start(alice, "a", direct, CallKind.VIDEO, false);
        UUID callId = started.call().id();
        var answered = calls.accept(bob, "b", callId, true, true);
        map.clear();
        clock.advance(Duration.ofSeconds(20));

        var first = calls.rejoin(alice, "a2", callId, talks(started));
        clock.advance(Duration.ofSeconds(10));
        var second = calls.rejoin(bob, "b2", callId, talks(answered));
        calls.renew(alice, "a2", callId, started.legId());
        clock.advance(Duration.ofSeconds(40));
        calls.sweep();

        assertThat(first.legId()).isEqualTo(started.legId());
        assertThat(second.legId()).isEqualTo(answered.legId());
        assertThat(second.call().id()).isEqualTo(callId);
        assertThat(second.call().participants())
                .extracting(Call.Participant::userId)
                .containsExactly(alice.userId(), bob.userId());
        assertThat(calls.speaker(bob, "b2", callId, started.legId())).isEqualTo(answered.legId());
        assertThat(talking).containsExactlyInAnyOrder(alice.userId(), bob.userId());
        calls.leave(bob, "b2", callId, null, false);
        assertThat(messages).hasSize(1);
    }

    @Test
    void two_who_call_back_their_call_at_once_are_in_it_both() {
        var started = calls.start(alice, "a", direct, CallKind.VIDEO, false);
        UUID callId = started.call().id();
        var answered = calls.accept(bob, "b", callId, true, true);
        map.clear();

        meanwhile.set(() -> calls.rejoin(alice, "a2", callId, talks(started)));
        var second = calls.rejoin(bob, "b2", callId, talks(answered));

        assertThat(second.call().participants())
                .extracting(Call.Participant::userId)
                .containsExactly(alice.userId(), bob.userId());
        assertThat(calls.renew(alice, "a2", callId, started.legId()).call()).isEqualTo(second.call());
    }

    @Test
    void a_call_of_two_that_only_one_calls_back_is_lost_in_the_end() {
        var started = calls.start(alice, "a", direct, CallKind.VIDEO, false);
        UUID callId = started.call().id();
        calls.accept(bob, "b", callId, true, true);
        map.clear();

        calls.rejoin(alice, "a2", callId, talks(started));
        clock.advance(Duration.ofSeconds(40));
        calls.renew(alice, "a2", callId, started.legId());
        clock.advance(Duration.ofSeconds(5));
        calls.sweep();

        assertThat(messages)
                .singleElement()
                .satisfies(call -> assertThat(call.reason()).isEqualTo(EndReason.LOST));
        assertThat(map).isEmpty();
    }

    @Test
    void only_who_may_calls_back_a_call_and_only_one_that_was_and_is_not_over() {
        var started = calls.start(alice, "a", direct, CallKind.VIDEO, false);
        UUID callId = started.call().id();
        var answered = calls.accept(bob, "b", callId, true, true);
        var elsewhere = calls.start(carol, "c", group, CallKind.AUDIO, true);
        map.keySet()
                .removeIf(key -> !key.contains(group.toString())
                        && !key.contains(elsewhere.call().id().toString()));

        refused(Code.NOT_FOUND, () -> calls.rejoin(mallory, "m", callId, talks(started)));
        refused(Code.NOT_FOUND, () -> calls.rejoin(alice, "a2", UUID.randomUUID(), talks(started)));
        var stolen = new Rejoining(elsewhere.legId(), direct, CallKind.VIDEO, true, true);
        refused(Code.NOT_FOUND, () -> calls.rejoin(alice, "a2", callId, stolen));
        calls.rejoin(bob, "b2", callId, talks(answered));
        refused(Code.NOT_FOUND, () -> calls.rejoin(alice, "a2", callId, talks(answered)));
        calls.leave(bob, "b2", callId, null, false);
        refused(Code.NOT_FOUND, () -> calls.rejoin(alice, "a2", callId, talks(started)));
    }

    private Rejoining talks(Admission admission) {
        return new Rejoining(admission.legId(), admission.call().roomId(), CallKind.VIDEO, true, true);
    }

    @Test
    void a_call_rings_is_answered_and_leaves_a_record_and_one_message_when_it_ends() {
        var started = calls.start(alice, "a", direct, CallKind.VIDEO, false);
        clock.advance(Duration.ofSeconds(5));
        calls.accept(bob, "b", started.call().id(), true, true);
        assertThat(talking).containsExactlyInAnyOrder(alice.userId(), bob.userId());
        clock.advance(Duration.ofSeconds(20));
        calls.leave(bob, "b", started.call().id(), null, false);

        assertThat(facts.heard())
                .hasExactlyElementsOfTypes(
                        CallFact.Started.class,
                        CallFact.Answered.class,
                        CallFact.Joined.class,
                        CallFact.Left.class,
                        CallFact.Ended.class);
        assertThat(messages).singleElement().satisfies(call -> {
            assertThat(call.reason()).isEqualTo(EndReason.HANGUP);
            assertThat(MessageOfCall.text(call, List.of("Bob"))).isEqualTo("Video call, 0:20");
        });
        assertThat(database.entities()
                        .createQuery("select r from CallRecord r", CallRecord.class)
                        .getResultList())
                .hasSize(1);
        assertThat(map).isEmpty();
        assertThat(talking).isEmpty();
    }

    @Test
    void two_who_call_at_once_are_in_one_call_on_any_node() throws Exception {
        var other = node();
        for (int round = 0; round < 50; round++) {
            var admissions = together(List.<Callable<Admission>>of(
                    () -> calls.start(alice, "a", direct, CallKind.AUDIO, false),
                    () -> other.start(bob, "b", direct, CallKind.AUDIO, false)));

            assertThat(admissions)
                    .extracting(admission -> admission.call().id())
                    .containsOnly(admissions.getFirst().call().id());
            assertThat(facts.heard().stream().filter(CallFact.Started.class::isInstance))
                    .hasSize(1);
            calls.leave(alice, "a", admissions.getFirst().call().id(), null, false);
            facts.heard();
        }
    }

    @Test
    void of_all_devices_of_a_person_that_answer_at_once_one_wins() throws Exception {
        for (int round = 0; round < 50; round++) {
            var call = calls.start(alice, "a", group, CallKind.AUDIO, true).call();
            List<Callable<Boolean>> answers = new ArrayList<>();
            for (Caller person : List.of(bob, carol)) {
                for (int device = 0; device < 3; device++) {
                    var onDevice = new Caller(person.userId(), UUID.randomUUID(), person.username(), Set.of());
                    String socket = person.username() + device;
                    answers.add(() -> wins(() -> calls.accept(onDevice, socket, call.id(), true, false)));
                }
            }

            var won = together(answers);

            assertThat(won).filteredOn(Boolean::booleanValue).hasSize(2);
            assertThat(calls.callsOf(alice).getFirst().participants())
                    .extracting(Call.Participant::userId)
                    .containsExactlyInAnyOrder(alice.userId(), bob.userId(), carol.userId());
            calls.leave(alice, "a", call.id(), null, false);
            facts.heard().stream()
                    .filter(CallFact.Joined.class::isInstance)
                    .map(CallFact.Joined.class::cast)
                    .forEach(joined -> calls.leave(
                            new Caller(
                                    joined.participant().userId(),
                                    joined.participant().sessionId(),
                                    "",
                                    Set.of()),
                            joined.socketId(),
                            call.id(),
                            null,
                            false));
        }
        assertThat(map).isEmpty();
    }

    @Test
    void the_sweep_ends_what_rang_too_long_also_for_a_node_that_is_gone() {
        var call = calls.start(alice, "a", direct, CallKind.AUDIO, false).call();
        var other = node();
        clock.advance(Duration.ofSeconds(45));

        other.sweep();

        assertThat(facts.heard()).last().isInstanceOfSatisfying(CallFact.Ended.class, ended -> {
            assertThat(ended.reason()).isEqualTo(EndReason.MISSED);
            assertThat(ended.callId()).isEqualTo(call.id());
        });
        assertThat(texts()).containsExactly("Missed call");
        assertThat(calls.callsOf(bob)).isEmpty();
    }

    @Test
    void a_device_that_hears_too_late_of_a_call_is_told_that_it_is_over() {
        var call = calls.start(alice, "a", direct, CallKind.AUDIO, false).call();
        calls.ringing(bob, call.id());
        assertThat(facts.heard()).last().isInstanceOf(CallFact.Rang.class);

        clock.advance(Duration.ofSeconds(45));

        assertThatThrownBy(() -> calls.ringing(bob, call.id()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.NOT_FOUND));
        assertThat(facts.heard()).isEmpty();
    }

    @Test
    void a_call_in_a_room_goes_on_from_its_beginning_rings_nowhere_and_is_missed_by_nobody() {
        var started = calls.start(alice, "a", group, CallKind.AUDIO, false);
        UUID callId = started.call().id();

        assertThat(started.call().state()).isEqualTo("active");
        assertThat(facts.heard())
                .singleElement()
                .isInstanceOfSatisfying(
                        CallFact.Started.class, told -> assertThat(told.rings()).isFalse());
        assertThat(talking).containsExactly(alice.userId());
        assertThat(calls.callsOf(bob)).containsExactly(started.call());
        refused(Code.CONFLICT, () -> calls.ringing(bob, callId));
        for (int renewed = 0; renewed < 3; renewed++) {
            clock.advance(Duration.ofSeconds(40));
            calls.renew(alice, "a", callId, null);
            calls.sweep();
        }
        calls.join(bob, "b", callId, true, false, null);
        calls.join(carol, "c", callId, true, false, null);
        calls.leave(bob, "b", callId, null, false);
        calls.join(bob, "b", callId, true, false, null);
        assertThat(talking).containsExactlyInAnyOrder(alice.userId(), bob.userId(), carol.userId());
        calls.closed(group);

        assertThat(talking).isEmpty();
        assertThat(messages).singleElement().satisfies(call -> {
            assertThat(call.people()).containsExactly(alice.userId(), bob.userId(), carol.userId());
            assertThat(call.reason()).isEqualTo(EndReason.HANGUP);
        });
        assertThat(texts()).containsExactly("Call with bob and carol, 2:00");
    }

    @Test
    void a_call_in_a_room_to_which_nobody_came_was_not_missed_either() {
        var started = calls.start(alice, "a", group, CallKind.VIDEO, false);
        clock.advance(Duration.ofSeconds(40));

        calls.leave(alice, "a", started.call().id(), null, false);

        assertThat(texts()).containsExactly("Video call, 0:40, nobody joined");
    }

    @ParameterizedTest
    @CsvSource({"0, ringing", "1, active"})
    void a_room_rings_unless_otherwise_wished_where_they_are_not_too_many(long more, String state) {
        sizeOfGroup = CallService.RUNG + more;

        var call = calls.start(alice, "a", group, CallKind.AUDIO, null).call();

        assertThat(call.state()).isEqualTo(state);
    }

    @Test
    void everybody_in_a_room_is_rung_when_that_is_wished_and_they_are_not_too_many() {
        sizeOfGroup = CallService.RUNG + 1;

        assertThatThrownBy(() -> calls.start(alice, "a", group, CallKind.AUDIO, true))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(Code.FORBIDDEN);
                    assertThat(problem.details()).containsEntry("limit", CallService.RUNG);
                });
        assertThat(facts.heard()).isEmpty();
        assertThat(map).isEmpty();

        sizeOfGroup = CallService.RUNG;
        var call = calls.start(alice, "a", group, CallKind.AUDIO, true).call();
        assertThat(call.state()).isEqualTo("ringing");
        calls.ringing(bob, call.id());
        clock.advance(Duration.ofSeconds(45));
        calls.sweep();
        assertThat(texts()).containsExactly("Missed call");
    }

    @Test
    void whoever_is_in_a_call_and_whoever_comes_after_its_ringing_is_told_not_to_ring() {
        var call = calls.start(alice, "a", group, CallKind.AUDIO, true).call();
        refused(Code.CONFLICT, () -> calls.ringing(alice, call.id()));
        refused(Code.NOT_FOUND, () -> calls.ringing(mallory, call.id()));
        calls.accept(bob, "b", call.id(), true, false);
        facts.heard();

        refused(Code.CONFLICT, () -> calls.ringing(bob, call.id()));
        calls.ringing(carol, call.id());
        clock.advance(Duration.ofSeconds(44));
        calls.renew(alice, "a", call.id(), null);
        calls.renew(bob, "b", call.id(), null);
        clock.advance(Duration.ofSeconds(1));

        refused(Code.CONFLICT, () -> calls.ringing(carol, call.id()));
        // who called hears a ring-back only while nobody has answered
        assertThat(facts.heard()).isEmpty();
    }

    @Test
    void a_message_names_no_more_people_than_talk_at_once() {
        var call = calls.start(alice, "a", group, CallKind.AUDIO, false).call();
        calls.leave(alice, "a", call.id(), null, false);

        var eight = List.of("A", "B", "C", "D", "E", "F", "G", "H");
        var nine = List.of("A", "B", "C", "D", "E", "F", "G", "H", "I");

        assertThat(MessageOfCall.text(messages.getFirst(), List.of("A"))).isEqualTo("Call with A, 0:00");
        assertThat(MessageOfCall.text(messages.getFirst(), eight))
                .isEqualTo("Call with A, B, C, D, E, F, G and H, 0:00");
        assertThat(MessageOfCall.text(messages.getFirst(), nine))
                .isEqualTo("Call with A, B, C, D, E, F, G, H and 1 more, 0:00");
    }

    private List<String> texts() {
        var names = Map.of(alice.userId(), "alice", bob.userId(), "bob", carol.userId(), "carol");
        return messages.stream()
                .map(call -> MessageOfCall.text(
                        call, call.people().stream().skip(1).map(names::get).toList()))
                .toList();
    }

    @Test
    void a_call_that_could_not_be_written_down_is_written_by_a_later_sweep_once() {
        var call = calls.start(alice, "a", direct, CallKind.AUDIO, false).call();
        databaseIsDown.set(true);
        calls.leave(alice, "a", call.id(), null, false);
        assertThat(facts.heard()).last().isInstanceOf(CallFact.Ended.class);
        assertThat(calls.callsOf(alice)).isEmpty();

        databaseIsDown.set(false);
        clock.advance(Duration.ofSeconds(5));
        calls.sweep();
        calls.sweep();

        assertThat(messages).hasSize(1);
        assertThat(map).isEmpty();
        assertThat(facts.heard()).isEmpty();
    }

    @Test
    void a_new_call_can_begin_while_the_last_one_is_still_being_written_down() {
        var first = calls.start(alice, "a", direct, CallKind.AUDIO, false).call();
        databaseIsDown.set(true);
        calls.leave(alice, "a", first.id(), null, false);
        databaseIsDown.set(false);

        var second = calls.start(bob, "b", direct, CallKind.AUDIO, false).call();

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(messages).extracting(CallLog.EndedCall::callId).containsExactly(first.id());
    }

    @Test
    void strangers_find_no_room_and_no_call() {
        var call = calls.start(alice, "a", direct, CallKind.AUDIO, false).call();

        refused(Code.NOT_FOUND, () -> calls.start(mallory, "m", direct, CallKind.AUDIO, false));
        refused(Code.NOT_FOUND, () -> calls.accept(mallory, "m", call.id(), true, true));
        refused(Code.NOT_FOUND, () -> calls.join(mallory, "m", call.id(), true, true, null));
        refused(Code.NOT_FOUND, () -> calls.decline(mallory, "m", call.id(), false));
        refused(Code.NOT_FOUND, () -> calls.ringing(mallory, call.id()));
        refused(Code.NOT_FOUND, () -> calls.renew(mallory, "m", call.id(), null));
        refused(Code.NOT_FOUND, () -> calls.leave(mallory, "m", call.id(), null, false));
        refused(Code.NOT_FOUND, () -> calls.media(mallory, "m", call.id(), true, true, true));
        refused(Code.NOT_FOUND, () -> calls.report(mallory, call.id(), UUID.randomUUID(), "{}"));
        refused(Code.NOT_FOUND, () -> calls.accept(bob, "b", UUID.randomUUID(), true, true));
        assertThat(calls.callsOf(mallory)).isEmpty();
    }

    @Test
    void signals_pass_only_between_legs_of_the_call_and_only_from_the_socket_that_carries_one() {
        var started = calls.start(alice, "a", direct, CallKind.AUDIO, false);
        var callId = started.call().id();
        var answered = calls.accept(bob, "b", callId, true, false);

        assertThat(calls.speaker(alice, "a", callId, answered.legId())).isEqualTo(started.legId());
        refused(Code.NOT_FOUND, () -> calls.speaker(alice, "other tab", callId, answered.legId()));
        refused(Code.NOT_FOUND, () -> calls.speaker(alice, "a", callId, started.legId()));
        refused(Code.NOT_FOUND, () -> calls.speaker(alice, "a", callId, UUID.randomUUID()));
        refused(Code.NOT_FOUND, () -> calls.speaker(mallory, "a", callId, answered.legId()));
    }

    @Test
    void whoever_is_removed_from_the_room_is_out_of_its_call_at_the_next_renewal() {
        var call = calls.start(alice, "a", group, CallKind.AUDIO, true).call();
        calls.accept(bob, "b", call.id(), true, false);
        members.remove(bob.userId());

        refused(Code.NOT_FOUND, () -> calls.renew(bob, "b", call.id(), null));

        assertThat(facts.heard())
                .last()
                .isInstanceOfSatisfying(
                        CallFact.Left.class, left -> assertThat(left.reason()).isEqualTo("removed"));
    }

    @Test
    void a_report_is_kept_once_a_leg_and_is_bounded() {
        var call = calls.start(alice, "a", direct, CallKind.AUDIO, false);
        calls.leave(alice, "a", call.call().id(), null, false);

        calls.report(alice, call.call().id(), call.legId(), "{\"setupMs\":1}");
        calls.report(alice, call.call().id(), call.legId(), "{\"setupMs\":2}");

        refused(
                Code.TOO_LARGE,
                () -> calls.report(alice, call.call().id(), call.legId(), "x".repeat(CallService.REPORT_LENGTH + 1)));
        refused(Code.NOT_FOUND, () -> calls.report(bob, call.call().id(), call.legId(), "{}"));
        assertThat(database.entities()
                        .createQuery("select r.stats from CallReport r", String.class)
                        .getResultList())
                .containsExactly("{\"setupMs\":2}");
    }

    @Test
    void that_no_path_was_found_is_told_once_a_call_however_many_devices_say_so() {
        var started = calls.start(alice, "a", direct, CallKind.AUDIO, false);
        UUID callId = started.call().id();
        var answered = calls.accept(bob, "b", callId, true, false);
        calls.leave(alice, "a", callId, null, true);
        var stats = "{\"setupMs\":null,\"end\":\"failed\",\"failure\":\"relay-unreachable\",\"links\":[]}";

        assertThat(new LiveCalls(map).firstToFail(UUID.randomUUID(), clock.instant()))
                .isTrue();
        calls.report(alice, callId, started.legId(), stats);
        node().report(bob, callId, answered.legId(), stats);

        assertThat(new LiveCalls(map).firstToFail(callId, clock.instant())).isFalse();
        assertThat(measured.heard())
                .extracting(heard -> heard.quality().failure())
                .containsExactly("relay-unreachable", "relay-unreachable");
        clock.advance(Duration.ofHours(2));
        calls.sweep();
        assertThat(map).isEmpty();
    }

    @Test
    void a_page_that_goes_away_leaves_its_own_leg_once_and_no_other() {
        var started = calls.start(alice, "a", group, CallKind.AUDIO, false);
        UUID callId = started.call().id();
        var joined = calls.join(bob, "b", callId, true, false, null);
        var bobsPhone = new Caller(bob.userId(), UUID.randomUUID(), "bob", Set.of());
        facts.heard();

        refused(Code.NOT_FOUND, () -> calls.goneAway(mallory, callId, joined.legId()));
        refused(Code.NOT_FOUND, () -> calls.goneAway(alice, callId, joined.legId()));
        refused(Code.NOT_FOUND, () -> calls.goneAway(bobsPhone, callId, joined.legId()));
        refused(Code.NOT_FOUND, () -> calls.goneAway(bob, UUID.randomUUID(), joined.legId()));
        assertThat(facts.heard()).isEmpty();

        calls.goneAway(bob, callId, joined.legId());
        assertThat(facts.heard()).singleElement().isInstanceOf(CallFact.Left.class);
        calls.goneAway(bob, callId, joined.legId());
        // a page that came back at once has another leg, which the late goodbye of the one before does not end
        var again = calls.join(bob, "b2", callId, true, false, null);
        facts.heard();
        calls.goneAway(bob, callId, joined.legId());
        assertThat(facts.heard()).isEmpty();
        calls.leave(alice, "a", callId, null, false);
        calls.goneAway(bob, callId, again.legId());
        calls.goneAway(bob, callId, again.legId());
        assertThat(messages).hasSize(1);
        assertThat(map).isEmpty();
    }

    @Test
    void administrators_read_the_newest_calls_first_with_what_their_devices_measured() {
        var first = calls.start(alice, "a", direct, CallKind.AUDIO, false);
        calls.leave(alice, "a", first.call().id(), null, false);
        clock.advance(Duration.ofSeconds(5));
        var second = calls.start(bob, "b", group, CallKind.VIDEO, true);
        calls.leave(bob, "b", second.call().id(), null, false);
        calls.report(bob, second.call().id(), second.legId(), "{\"setupMs\":640,\"end\":\"hangup\",\"links\":[]}");
        calls.report(bob, second.call().id(), second.legId(), "{\"setupMs\":650,\"end\":\"hangup\",\"links\":[]}");

        var recorded = calls.recorded(null, 10);

        assertThat(recorded)
                .extracting(RecordedCall::id)
                .containsExactly(second.call().id(), first.call().id());
        assertThat(recorded.getFirst().reports()).singleElement().satisfies(report -> {
            assertThat(report.userId()).isEqualTo(bob.userId());
            assertThat(report.stats().path("setupMs").asInt()).isEqualTo(650);
        });
        assertThat(calls.recorded(recorded.getFirst().startedAt(), 10))
                .extracting(RecordedCall::id)
                .containsExactly(first.call().id());
        assertThat(calls.recorded(null, 1)).hasSize(1);
        refused(Code.INVALID, () -> calls.recorded(null, CallService.RECORDS + 1));
        // counted once, however often a device corrects itself
        assertThat(measured.heard())
                .containsExactly(new CallMeasured(new CallQuality(640L, "hangup", null, List.of())));
    }

    @Test
    void nothing_configured_gives_no_servers_and_a_relay_gives_credentials_that_coturn_accepts() {
        assertThat(calls.iceServers(alice)).isEmpty();

        var relay = new IceServers(
                clock,
                Optional.of(List.of("stun:relay.example:3478")),
                Optional.of(List.of("turn:relay.example:3478?transport=udp")),
                Optional.of("north"),
                Duration.ofMinutes(10),
                false);

        var servers = relay.forPerson(new UUID(0, 1));
        assertThat(servers.get(0).username()).isNull();
        assertThat(servers.get(1).username()).isEqualTo("1795335000:00000000-0000-0000-0000-000000000001");
        // printf '%s' USERNAME | openssl dgst -sha1 -hmac north -binary | base64
        assertThat(servers.get(1).credential()).isEqualTo("0JTTeUVe6iAB2gbbxUq7x5su3xY=");
    }

    @Test
    void what_is_missing_or_weak_about_relays_is_named() {
        String secret = "0123456789abcdef0123456789abcdef";

        assertThat(relay("", "", secret).warnings()).containsExactly(IceWarning.NO_STUN, IceWarning.NO_TURN);
        assertThat(relay("stun:r", "turn:r,turn:r?transport=tcp,turns:r:443?transport=tcp", secret)
                        .warnings())
                .isEmpty();
        assertThat(relay("stun:r", "turns:r:443", "north").warnings())
                .containsExactly(IceWarning.NO_UDP, IceWarning.NO_TCP, IceWarning.SHORT_SECRET);
        assertThat(relay("stun:r", "turn:r", secret).warnings()).containsExactly(IceWarning.NO_TCP, IceWarning.NO_TLS);
    }

    private IceServers relay(String stunUrls, String turnUrls, String secret) {
        return new IceServers(
                clock, urls(stunUrls), urls(turnUrls), Optional.of(secret), Duration.ofMinutes(10), false);
    }

    private static Optional<List<String>> urls(String said) {
        return said.isEmpty() ? Optional.empty() : Optional.of(List.of(said.split(",", -1)));
    }

    @Test
    void a_relay_without_a_secret_is_refused_at_once() {
        assertThatThrownBy(() -> new IceServers(
                        clock,
                        Optional.empty(),
                        Optional.of(List.of("turn:relay.example")),
                        Optional.empty(),
                        Duration.ofMinutes(10),
                        false))
                .hasMessageContaining("parley.turn.secret");
        assertThatThrownBy(() -> new IceServers(
                        clock,
                        Optional.of(List.of("stun:relay.example")),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofMinutes(10),
                        true))
                .hasMessageContaining("parley.calls.relay-only");
    }

    @Test
    void whoever_is_let_in_is_told_whether_only_relays_are_allowed() {
        assertThat(calls.start(alice, "a", direct, CallKind.AUDIO, false).relayOnly())
                .isFalse();
        var strict = node();
        strict.ice = new IceServers(
                clock,
                Optional.empty(),
                Optional.of(List.of("turn:relay.example")),
                Optional.of("secret"),
                Duration.ofMinutes(10),
                true);

        var admission = strict.start(bob, "b", direct, CallKind.AUDIO, false);

        assertThat(admission.relayOnly()).isTrue();
        assertThat(strict.renew(bob, "b", admission.call().id(), null).relayOnly())
                .isTrue();
        assertThat(strict.relayOnly()).isTrue();
    }

    private CallService node() {
        var live = new LiveCalls(map);
        var archive = new CallArchive() {
            @Override
            public void write(CallLog.EndedCall call) {
                if (databaseIsDown.get()) {
                    throw new EJBException("the database is down");
                }
                locked(() -> super.write(call));
            }

            @Override
            public Optional<UUID> roomOf(UUID callId) {
                synchronized (database) {
                    return super.roomOf(callId);
                }
            }

            @Override
            public boolean report(UUID callId, UUID legId, UUID userId, String stats) {
                synchronized (database) {
                    return database.transaction(() -> super.report(callId, legId, userId, stats));
                }
            }

            private void locked(Runnable work) {
                synchronized (database) {
                    database.transaction(work);
                }
            }
        };
        archive.entities = database.entities();
        archive.clock = clock;
        archive.log = messages::add;
        var node = new CallService();
        node.live = live;
        node.archive = archive;
        node.clock = clock;
        node.facts = facts;
        node.measured = measured;
        node.rooms = new Rooms();
        node.users = new UserService() {
            @Override
            public Optional<User> find(UUID id) {
                return Optional.of(new User(id, "somebody", "Somebody", null));
            }
        };
        node.ice = new IceServers(
                clock, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofMinutes(10), false);
        node.talking = new Talking(live, (userId, inCall) -> {
            if (inCall) {
                talking.add(userId);
            } else {
                talking.remove(userId);
            }
        });
        return node;
    }

    private final class Rooms implements CallRooms {
        @Override
        public Set<UUID> of(Caller caller) {
            return members.contains(caller.userId()) ? Set.of(direct, group) : Set.of();
        }

        @Override
        public boolean isMember(Caller caller, UUID roomId) {
            return of(caller).contains(roomId);
        }

        @Override
        public long size(Caller caller, UUID roomId) {
            return roomId.equals(direct) ? 2 : sizeOfGroup;
        }

        @Override
        public Optional<Boolean> direct(Caller caller, UUID roomId) {
            return isMember(caller, roomId) ? Optional.of(roomId.equals(direct)) : Optional.empty();
        }
    }

    private Caller person(String name) {
        var caller = new Caller(UUID.randomUUID(), UUID.randomUUID(), name, Set.of());
        database.transaction(() -> {
            database.entities()
                    .createNativeQuery(
                            "insert into account (id, username, display_name, created_at) values (?1, ?2, ?2, ?3)")
                    .setParameter(1, caller.userId())
                    .setParameter(2, name)
                    .setParameter(3, clock.instant())
                    .executeUpdate();
        });
        return caller;
    }

    private static void refused(Code code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static boolean wins(Callable<Admission> answer) throws Exception {
        try {
            answer.call();
            return true;
        } catch (Problem late) {
            assertThat(late.code()).isEqualTo(Code.CONFLICT);
            return false;
        }
    }

    private static <T> List<T> together(List<Callable<T>> works) throws Exception {
        var barrier = new CyclicBarrier(works.size());
        try (var threads = Executors.newFixedThreadPool(works.size())) {
            var futures = new ArrayList<Future<T>>();
            for (Callable<T> work : works) {
                futures.add(threads.submit(() -> {
                    barrier.await(5, TimeUnit.SECONDS);
                    return work.call();
                }));
            }
            var results = new ArrayList<T>();
            for (Future<T> future : futures) {
                results.add(future.get(10, TimeUnit.SECONDS));
            }
            return results;
        }
    }
}
