package dev.parley.calls;

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
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules of a call: from a state and a move to the next state and what is to be told. No I/O, no clock of its own. */
final class CallRules {

    private CallRules() {}

    /**
     * @param state equal to the state before when nothing is to be stored
     * @param refusal what to tell the one who moved; the state may still have changed, because time had passed
     */
    record Step(
            CallState state, List<CallFact> facts, @Nullable Problem refusal) {

        Step {
            facts = List.copyOf(facts);
        }
    }

    /** It rings, or goes on from the beginning with the one who started it. */
    static CallState start(CallState.Terms terms, Device device, Media media, UUID legId) {
        return terms.rings()
                ? new Ringing(terms, newLeg(device, media, legId, terms.startedAt()))
                : again(terms, device, media, legId, terms.startedAt());
    }

    /** A call that goes on although no server knew of it any more, with the first one who came back. */
    static Active again(CallState.Terms terms, Device device, Media media, UUID legId, Instant now) {
        var leg = newLeg(device, media, legId, now);
        return new Active(terms, terms.startedAt(), List.of(leg), List.of(leg.userId()));
    }

    static Step apply(CallState before, CallMove move, Instant now) {
        var turn = new Turn(before, now);
        turn.letTimePass();
        try {
            turn.make(move);
            return new Step(turn.state, turn.facts, null);
        } catch (Problem refusal) {
            return new Step(turn.state, turn.facts, refusal);
        }
    }

    private static Leg newLeg(Device device, Media media, UUID legId, Instant now) {
        return new Leg(legId, device.userId(), device.sessionId(), device.socketId(), now, now.plus(Leg.LEASE), media);
    }

    /** One application of the rules; lives for one call of {@link #apply} only. */
    private static final class Turn {

        private final Instant now;
        private final List<CallFact> facts = new ArrayList<>();
        private CallState state;

        Turn(CallState state, Instant now) {
            this.state = state;
            this.now = now;
        }

        /** Whatever is overdue happens first, however late somebody looks. */
        void letTimePass() {
            if (state instanceof Ringing ringing
                    && !now.isBefore(ringing.terms().ringsUntil())) {
                end(EndReason.MISSED);
            }
            for (Leg leg : state.legs()) {
                if (!now.isBefore(leg.leaseUntil()) && !waits(leg)) {
                    drop(leg, "lost", EndReason.LOST);
                }
            }
            if (state instanceof Active active
                    && active.terms().direct()
                    && active.legs().size() == 1) {
                // called back by one of two: the other one has as long as somebody who lost their connection
                var alone = active.legs().getFirst();
                if (!now.isBefore(alone.joinedAt().plus(Leg.LEASE))) {
                    drop(alone, "lost", EndReason.LOST);
                }
            }
        }

        /** Whoever is connected and hears it ring need not renew: the ring has an end of its own. */
        private boolean waits(Leg leg) {
            return state instanceof Ringing && leg.socketId() != null;
        }

        void make(CallMove move) {
            if (state instanceof Ended && !(move instanceof Tick || move instanceof Detach)) {
                throw Problem.notFound("call");
            }
            switch (move) {
                case Join join -> join(join);
                case Decline decline -> decline(decline);
                case Renew renew -> renew(renew);
                case Leave leave -> {
                    var reason = leave.failed() ? EndReason.FAILED : EndReason.HANGUP;
                    drop(legOf(leave.device(), leave.leg()), reason.wire(), reason);
                }
                case Remove remove ->
                    find(leg -> leg.userId().equals(remove.userId()))
                            .ifPresent(leg -> drop(leg, "removed", EndReason.HANGUP));
                case Send send -> send(send);
                case Detach detach -> find(leg -> leg.uses(detach.socketId())).ifPresent(this::detach);
                case Tick() -> {
                    // letTimePass has done it
                }
            }
        }

        /** Nobody is to be rung at for long by somebody who is not there any more. */
        private void detach(Leg leg) {
            var until = state instanceof Ringing ? now.plus(Leg.LEASE_OF_CALLER) : leg.leaseUntil();
            swap(leg, leg.detached(until));
        }

        private void join(Join join) {
            var device = join.device();
            var own = find(leg -> leg.userId().equals(device.userId()));
            if (own.isEmpty()) {
                admit(join);
                return;
            }
            var leg = own.get();
            boolean sameDevice = leg.isOf(device);
            boolean resumes =
                    sameDevice && (leg.uses(device.socketId()) || leg.id().equals(join.resume()));
            boolean maySwitch = leg.socketId() == null || (sameDevice && join.manner() == Manner.JOIN);
            if (resumes) {
                swap(leg, leg.renewed(device.socketId(), now));
            } else if (maySwitch) {
                var fresh = newLeg(device, join.media(), join.newLegId(), now);
                checkCameras(fresh.media().video(), state.legs().size());
                swap(leg, fresh);
                facts.add(left(leg, "replaced"));
                facts.add(joined(fresh));
            } else {
                throw Problem.of(
                        Code.CONFLICT,
                        "You are in this call on another device.",
                        Map.of("bySessionId", leg.sessionId().toString()));
            }
        }

        private void admit(Join join) {
            var terms = state.terms();
            var legs = new ArrayList<>(state.legs().stream().map(this::fresh).toList());
            int limit = terms.direct() ? 2 : terms.kind().limit();
            if (legs.size() >= limit) {
                throw Problem.of(
                        Code.CONFLICT,
                        "This call is full: " + limit + " devices at most.",
                        Map.of("limit", limit, "kind", terms.kind().wire()));
            }
            if (legs.stream().anyMatch(leg -> leg.id().equals(join.newLegId()))) {
                throw Problem.of(Code.CONFLICT, "That leg is somebody else's.");
            }
            boolean cameras = join.media().video()
                    || legs.stream().anyMatch(leg -> leg.media().video());
            checkCameras(cameras, legs.size() + 1);
            var leg = newLeg(join.device(), join.media(), join.newLegId(), now);
            legs.add(leg);
            state = switch (state) {
                case Ringing ringing -> new Active(ringing.terms(), now, List.of(), List.of()).with(legs);
                case Active active -> active.with(legs);
                case Ended ended -> ended;
            };
            facts.add(new CallFact.Answered(
                    terms.id(),
                    terms.roomId(),
                    leg.userId(),
                    leg.sessionId(),
                    join.device().socketId()));
            facts.add(joined(leg));
        }

        /** The lease that a leg has when its waiting is over. */
        private Leg fresh(Leg leg) {
            var socket = leg.socketId();
            return state instanceof Ringing && socket != null ? leg.renewed(socket, now) : leg;
        }

        private void decline(Decline decline) {
            var device = decline.device();
            if (find(leg -> leg.userId().equals(device.userId())).isPresent()) {
                throw Problem.of(Code.CONFLICT, "You are in this call; leave it instead.");
            }
            var reason = decline.busy() ? EndReason.BUSY : EndReason.DECLINED;
            var terms = state.terms();
            facts.add(new CallFact.Declined(terms.id(), terms.roomId(), device.userId(), reason.wire()));
            if (terms.direct()) {
                end(reason);
            }
        }

        private void renew(Renew renew) {
            var leg = legOf(renew.device(), renew.leg());
            swap(leg, leg.renewed(renew.device().socketId(), now));
        }

        private void send(Send send) {
            var leg = legOf(send.device(), null);
            checkCameras(send.media().video(), state.legs().size());
            if (!leg.media().equals(send.media())) {
                var changed = leg.sending(send.media());
                swap(leg, changed);
                facts.add(new CallFact.MediaChanged(
                        state.terms().id(), state.terms().roomId(), changed.participant()));
            }
        }

        /** A camera in a call of many is sent many times, whatever the call was started as. */
        private static void checkCameras(boolean cameras, int legs) {
            int limit = CallKind.VIDEO.limit();
            if (cameras && legs > limit) {
                throw Problem.of(
                        Code.CONFLICT,
                        "Cameras work in calls of " + limit + " devices at most.",
                        Map.of("limit", limit, "kind", CallKind.VIDEO.wire()));
            }
        }

        private void drop(Leg leg, String reason, EndReason ifItEnds) {
            if (!state.legs().contains(leg)) {
                return;
            }
            facts.add(left(leg, reason));
            var rest = new ArrayList<>(state.legs());
            rest.remove(leg);
            if (rest.isEmpty() || state.terms().direct()) {
                end(ifItEnds);
            } else if (state instanceof Active active) {
                state = active.with(rest);
            }
        }

        private void end(EndReason reason) {
            var ended = switch (state) {
                case Ringing ringing -> new Ended(ringing.terms(), null, now, reason, List.of());
                case Active active -> new Ended(active.terms(), active.answeredAt(), now, reason, active.people());
                case Ended already -> already;
            };
            state = ended;
            facts.add(new CallFact.Ended(ended.call(), reason));
        }

        private void swap(Leg before, Leg after) {
            state = switch (state) {
                case Ringing ringing -> new Ringing(ringing.terms(), after);
                case Active active ->
                    active.with(active.legs().stream()
                            .map(leg -> leg.equals(before) ? after : leg)
                            .toList());
                case Ended ended -> ended;
            };
        }

        /** A leg that another tab took over is not the device's any more, although the sign-in is the same. */
        private Leg legOf(Device device, @Nullable UUID which) {
            return find(leg -> leg.isOf(device) && (which == null || which.equals(leg.id())))
                    .orElseThrow(() -> Problem.notFound("call"));
        }

        private Optional<Leg> find(Predicate<Leg> which) {
            return state.legs().stream().filter(which).findFirst();
        }

        private CallFact left(Leg leg, String reason) {
            return new CallFact.Left(state.terms().id(), state.terms().roomId(), leg.userId(), leg.id(), reason);
        }

        private CallFact joined(Leg leg) {
            return new CallFact.Joined(
                    state.terms().id(),
                    state.terms().roomId(),
                    leg.participant(),
                    leg.socketId() == null ? "" : leg.socketId());
        }
    }
}
