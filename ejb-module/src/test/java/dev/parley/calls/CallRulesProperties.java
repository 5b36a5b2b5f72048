package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.CallMove.Decline;
import dev.parley.calls.CallMove.Detach;
import dev.parley.calls.CallMove.Join;
import dev.parley.calls.CallMove.Leave;
import dev.parley.calls.CallMove.Manner;
import dev.parley.calls.CallMove.Remove;
import dev.parley.calls.CallMove.Renew;
import dev.parley.calls.CallMove.Send;
import dev.parley.calls.CallMove.Tick;
import dev.parley.calls.CallState.Active;
import dev.parley.calls.CallState.Ended;
import dev.parley.calls.CallState.Ringing;
import dev.parley.calls.Leg.Device;
import dev.parley.calls.Leg.Media;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever several people with two devices each do, in whatever order and however late. */
class CallRulesProperties {

    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    /** Two devices a person, the second tab of the first device besides. */
    private static List<Device> devices(int people) {
        var devices = new ArrayList<Device>();
        for (int person = 0; person < people; person++) {
            var userId = new UUID(1, person);
            for (int session = 0; session < 2; session++) {
                var sessionId = new UUID(2, person * 2L + session);
                devices.add(new Device(userId, sessionId, "socket-" + person + "-" + session));
            }
            devices.add(new Device(userId, new UUID(2, person * 2L), "socket-" + person + "-tab"));
        }
        return devices;
    }

    /** A move, and how many milliseconds pass before it. */
    record Timed(CallMove move, long after) {}

    @Property(tries = 1000)
    void a_call_of_two_keeps_its_promises(@ForAll("movesOfTwo") List<Timed> moves) {
        keepsItsPromises(true, true, 2, moves);
    }

    @Property(tries = 1000)
    void a_call_of_many_keeps_its_promises(@ForAll("movesOfFive") List<Timed> moves) {
        keepsItsPromises(false, true, 5, moves);
    }

    @Property(tries = 1000)
    void a_call_that_rings_nowhere_keeps_its_promises(@ForAll("movesOfFive") List<Timed> moves) {
        keepsItsPromises(false, false, 5, moves);
    }

    private static void keepsItsPromises(boolean direct, boolean rings, int people, List<Timed> moves) {
        var caller = devices(people).getFirst();
        var terms = new CallState.Terms(
                UUID.randomUUID(), UUID.randomUUID(), direct, caller.userId(), CallKind.VIDEO, START, rings);
        CallState state = CallRules.start(terms, caller, new Media(true, true, false), UUID.randomUUID());
        var present = new HashSet<>(List.of(state.legs().getFirst().id()));
        var came = new LinkedHashSet<>(List.of(caller.userId()));
        var now = START;
        int ends = 0;

        for (Timed timed : moves) {
            now = now.plusMillis(timed.after());
            var at = now;
            var before = state;
            var step = CallRules.apply(state, timed.move(), now);
            state = step.state();

            for (CallFact fact : step.facts()) {
                switch (fact) {
                    case CallFact.Joined joined -> {
                        assertThat(present.add(joined.participant().legId())).isTrue();
                        came.add(joined.participant().userId());
                    }
                    case CallFact.Left left ->
                        assertThat(present.remove(left.legId())).isTrue();
                    case CallFact.Ended ended -> ends++;
                    case CallFact.Answered answered ->
                        assertThat(before.legs())
                                .as("somebody who is in already does not win again")
                                .noneMatch(leg -> leg.userId().equals(answered.userId())
                                        && leg.leaseUntil().isAfter(at));
                    case CallFact.Started started -> throw new AssertionError("started twice");
                    case CallFact.Rang rang -> throw new AssertionError("rings are not moves");
                    case CallFact.Declined declined -> {}
                    case CallFact.MediaChanged changed -> {}
                }
            }
            checkAlways(state, direct, now);
            assertThat(state).isNotInstanceOf(rings ? Void.class : Ringing.class);
            switch (state) {
                case Active active -> assertThat(active.people()).containsExactlyElementsOf(came);
                case Ended ended
                when ended.answeredAt() != null -> assertThat(ended.people()).containsExactlyElementsOf(came);
                case Ended ended -> {
                    assertThat(ended.people()).isEmpty();
                    assertThat(rings).as("only what rang can be missed").isTrue();
                }
                case Ringing ringing -> {}
            }
            if (!rings && state instanceof Ended ended) {
                assertThat(ended.reason()).isNotIn(EndReason.MISSED, EndReason.DECLINED, EndReason.BUSY);
            }
            switch (before) {
                case Ended over -> {
                    assertThat(state).isEqualTo(over);
                    assertThat(step.facts()).isEmpty();
                }
                case Active active -> assertThat(state).isNotInstanceOf(Ringing.class);
                case Ringing ringing -> {}
            }
            assertThat(ends).isEqualTo(state instanceof Ended ? 1 : 0);
            if (!(state instanceof Ended)) {
                assertThat(state.legs()).extracting(Leg::id).containsExactlyInAnyOrderElementsOf(present);
            }
            assertThat(StoredCall.read(StoredCall.write(state))).isEqualTo(state);
        }
    }

    private static void checkAlways(CallState state, boolean direct, Instant now) {
        assertThat(state.legs()).extracting(Leg::userId).doesNotHaveDuplicates();
        assertThat(state.legs())
                .allMatch(leg -> leg.leaseUntil().isAfter(now) || (state instanceof Ringing && leg.socketId() != null));
        switch (state) {
            case Ringing ringing -> {
                assertThat(now).isBefore(ringing.terms().ringsUntil());
                assertThat(ringing.caller().userId()).isEqualTo(ringing.terms().startedBy());
            }
            case Active active -> {
                assertThat(active.legs()).isNotEmpty().hasSizeLessThanOrEqualTo(4);
                if (direct) {
                    assertThat(active.legs()).hasSize(2);
                }
            }
            case Ended ended -> assertThat(ended.call().participants()).isEmpty();
        }
    }

    @Provide
    Arbitrary<List<Timed>> movesOfTwo() {
        return moves(devices(2));
    }

    @Provide
    Arbitrary<List<Timed>> movesOfFive() {
        return moves(devices(5));
    }

    private static Arbitrary<List<Timed>> moves(List<Device> devices) {
        Arbitrary<Device> device = Arbitraries.of(devices);
        Arbitrary<Media> media = Combinators.combine(
                        Arbitraries.of(true, false), Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as(Media::new);
        Arbitrary<CallMove> join = Combinators.combine(device, Arbitraries.of(Manner.values()), media)
                .as((who, how, what) -> new Join(who, how, what, UUID.randomUUID(), null));
        Arbitrary<CallMove> decline =
                Combinators.combine(device, Arbitraries.of(true, false)).as(Decline::new);
        Arbitrary<CallMove> renew = device.map(who -> new Renew(who, null));
        Arbitrary<CallMove> leave = Combinators.combine(device, Arbitraries.of(true, false))
                .as((who, failed) -> new Leave(who, null, failed));
        Arbitrary<CallMove> send = Combinators.combine(device, media).as(Send::new);
        Arbitrary<CallMove> remove = device.map(who -> new Remove(who.userId()));
        Arbitrary<CallMove> detach = device.map(who -> new Detach(who.socketId()));
        Arbitrary<CallMove> tick = Arbitraries.just(new Tick());
        // much renewing, so that calls live long enough to be interesting
        Arbitrary<CallMove> move = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, join),
                net.jqwik.api.Tuple.of(1, decline),
                net.jqwik.api.Tuple.of(12, renew),
                net.jqwik.api.Tuple.of(1, leave),
                net.jqwik.api.Tuple.of(2, send),
                net.jqwik.api.Tuple.of(1, remove),
                net.jqwik.api.Tuple.of(3, detach),
                net.jqwik.api.Tuple.of(3, tick));
        Arbitrary<Long> pause = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.longs().between(0, 3_000)),
                net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(3_000, 50_000)));
        return Combinators.combine(move, pause)
                .as(Timed::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
