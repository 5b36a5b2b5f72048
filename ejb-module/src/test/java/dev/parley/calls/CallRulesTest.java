package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.CallMove.Decline;
import dev.parley.calls.CallMove.Detach;
import dev.parley.calls.CallMove.Join;
import dev.parley.calls.CallMove.Leave;
import dev.parley.calls.CallMove.Manner;
import dev.parley.calls.CallMove.Renew;
import dev.parley.calls.CallMove.Send;
import dev.parley.calls.CallMove.Tick;
import dev.parley.calls.CallState.Active;
import dev.parley.calls.CallState.Ended;
import dev.parley.calls.CallState.Ringing;
import dev.parley.calls.Leg.Device;
import dev.parley.calls.Leg.Media;
import dev.parley.problem.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallRulesTest {

    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final Media SOUND = new Media(true, false, false);
    private static final Media PICTURE = new Media(true, true, false);

    private final Device alice = device();
    private final Device bob = device();
    private final Device bobsPhone = new Device(bob.userId(), UUID.randomUUID(), "socket-phone");
    private final Device bobsOtherTab = new Device(bob.userId(), bob.sessionId(), "socket-tab");
    private final Device carol = device();

    private CallState state = ringing(true, CallKind.VIDEO);
    private Instant now = START;

    @Test
    void an_answer_makes_a_call_active_and_silences_the_other_devices() {
        var step = move(answer(bob));

        assertThat(state).isInstanceOf(Active.class);
        assertThat(step.facts()).hasExactlyElementsOfTypes(CallFact.Answered.class, CallFact.Joined.class);
        assertThat(state.call().participants())
                .extracting(Call.Participant::userId)
                .containsExactly(alice.userId(), bob.userId());
    }

    @Test
    void a_second_device_of_the_same_person_comes_too_late() {
        move(answer(bob));

        var step = move(answer(bobsPhone));

        assertThat(step.refusal().code()).isEqualTo(Code.CONFLICT);
        assertThat(step.refusal().details())
                .containsEntry("bySessionId", bob.sessionId().toString());
        assertThat(state.legs()).hasSize(2);
    }

    @Test
    void answering_again_through_the_same_connection_gives_the_same_leg() {
        move(answer(bob));
        var before = state.legs().get(1).id();

        var step = move(answer(bob));

        assertThat(step.refusal()).isNull();
        assertThat(step.facts()).isEmpty();
        assertThat(state.legs().get(1).id()).isEqualTo(before);
    }

    @Test
    void a_lost_connection_is_resumed_through_another_one_with_the_same_leg() {
        move(answer(bob));
        var leg = state.legs().get(1).id();

        move(new Detach(bob.socketId()));
        now = now.plusSeconds(20);
        move(new Renew(alice, null));
        var step = move(new Renew(bobsOtherTab, leg));
        now = now.plusSeconds(25);
        move(new Renew(alice, null));

        assertThat(step.refusal()).isNull();
        assertThat(state).isInstanceOf(Active.class);
        assertThat(state.legs().get(1).socketId()).isEqualTo(bobsOtherTab.socketId());
    }

    @Test
    void joining_from_another_tab_moves_the_call_there_with_a_new_leg() {
        move(answer(bob));
        var before = state.legs().get(1).id();

        var step = move(new Join(bobsOtherTab, Manner.JOIN, SOUND, UUID.randomUUID(), null));

        assertThat(state.legs()).hasSize(2);
        assertThat(step.facts()).hasExactlyElementsOfTypes(CallFact.Left.class, CallFact.Joined.class);
        assertThat(move(new Renew(bob, before)).refusal().code()).isEqualTo(Code.NOT_FOUND);
        assertThat(move(new Leave(bob, before, false)).refusal().code()).isEqualTo(Code.NOT_FOUND);
        assertThat(state).isInstanceOf(Active.class);
    }

    @Test
    void a_person_whose_device_lost_its_connection_may_go_on_at_another_one() {
        move(answer(bob));
        move(new Detach(bob.socketId()));

        var step = move(answer(bobsPhone));

        assertThat(step.refusal()).isNull();
        assertThat(state.legs().get(1).sessionId()).isEqualTo(bobsPhone.sessionId());
    }

    @Test
    void nobody_answers_for_45_seconds_and_it_is_missed_however_late_somebody_looks() {
        now = START.plusSeconds(44);
        move(new Tick());
        assertThat(state).isInstanceOf(Ringing.class);

        now = START.plusSeconds(45);
        var step = move(answer(bob));

        assertThat(step.refusal().code()).isEqualTo(Code.NOT_FOUND);
        assertThat(state).isInstanceOfSatisfying(Ended.class, ended -> {
            assertThat(ended.reason()).isEqualTo(EndReason.MISSED);
            assertThat(ended.answeredAt()).isNull();
        });
        assertThat(step.facts()).hasExactlyElementsOfTypes(CallFact.Ended.class);
    }

    @Test
    void a_caller_who_vanishes_does_not_leave_a_ringing_call() {
        now = START.plusSeconds(10);
        move(new Detach(alice.socketId()));

        now = START.plusSeconds(40);
        move(new Tick());

        assertThat(((Ended) state).reason()).isEqualTo(EndReason.LOST);
    }

    @Test
    void a_caller_who_was_answered_late_has_a_whole_lease_from_then_on() {
        now = START.plusSeconds(44);
        move(answer(bob));

        now = START.plusSeconds(88);
        move(new Tick());
        assertThat(state).isInstanceOf(Active.class);
        now = START.plusSeconds(89);
        move(new Tick());

        assertThat(((Ended) state).reason()).isEqualTo(EndReason.LOST);
    }

    @Test
    void a_caller_who_hangs_up_before_the_answer_ends_it() {
        move(new Leave(alice, null, false));

        assertThat(((Ended) state).reason()).isEqualTo(EndReason.HANGUP);
    }

    @Test
    void a_call_of_two_ends_with_the_reason_of_the_one_who_declines() {
        var step = move(new Decline(bob, true));

        assertThat(((Ended) state).reason()).isEqualTo(EndReason.BUSY);
        assertThat(step.facts()).hasExactlyElementsOfTypes(CallFact.Declined.class, CallFact.Ended.class);
    }

    @Test
    void a_person_who_has_answered_cannot_decline_on_another_device() {
        move(answer(bob));

        assertThat(move(new Decline(bobsPhone, false)).refusal().code()).isEqualTo(Code.CONFLICT);
        assertThat(state).isInstanceOf(Active.class);
    }

    @Test
    void a_call_of_two_ends_when_one_leaves() {
        move(answer(bob));

        var step = move(new Leave(bob, null, false));

        assertThat(((Ended) state).reason()).isEqualTo(EndReason.HANGUP);
        assertThat(((Ended) state).answeredAt()).isEqualTo(START);
        assertThat(step.facts()).hasExactlyElementsOfTypes(CallFact.Left.class, CallFact.Ended.class);
    }

    @Test
    void a_call_of_many_goes_on_until_the_last_one_leaves() {
        state = ringing(false, CallKind.VIDEO);
        move(answer(bob));
        move(answer(carol));
        move(new Decline(device(), false));

        move(new Leave(alice, null, false));
        move(new Leave(bob, null, false));
        assertThat(state).isInstanceOf(Active.class);
        move(new Leave(carol, null, true));

        assertThat(((Ended) state).reason()).isEqualTo(EndReason.FAILED);
    }

    @Test
    void a_leg_that_is_not_renewed_for_45_seconds_is_lost() {
        state = ringing(false, CallKind.AUDIO);
        move(answer(bob));
        move(answer(carol));
        now = START.plusSeconds(20);
        move(new Renew(alice, null));
        move(new Renew(bob, null));

        now = START.plusSeconds(45);
        var step = move(new Tick());

        assertThat(step.facts()).singleElement().isInstanceOfSatisfying(CallFact.Left.class, left -> {
            assertThat(left.userId()).isEqualTo(carol.userId());
            assertThat(left.reason()).isEqualTo("lost");
        });
        assertThat(state.legs()).hasSize(2);
    }

    @Test
    void the_fifth_device_of_a_video_call_is_told_that_it_is_full() {
        state = ringing(false, CallKind.VIDEO);
        move(answer(bob));
        move(answer(carol));
        move(answer(device()));

        var refusal = move(answer(device())).refusal();

        assertThat(refusal.code()).isEqualTo(Code.CONFLICT);
        assertThat(refusal.details()).containsEntry("limit", 4);
    }

    @Test
    void five_can_talk_in_an_audio_call_but_not_turn_cameras_on() {
        state = ringing(false, CallKind.AUDIO);
        for (int i = 0; i < 4; i++) {
            assertThat(move(answer(device(), SOUND)).refusal()).isNull();
        }

        assertThat(move(new Send(alice, PICTURE)).refusal().code()).isEqualTo(Code.CONFLICT);
        assertThat(move(answer(device(), PICTURE)).refusal().code()).isEqualTo(Code.CONFLICT);
    }

    @Test
    void a_camera_that_is_on_keeps_a_fifth_device_out() {
        state = ringing(false, CallKind.AUDIO);
        for (int i = 0; i < 3; i++) {
            move(answer(device(), SOUND));
        }
        move(new Send(alice, PICTURE));

        assertThat(move(answer(device(), SOUND)).refusal().code()).isEqualTo(Code.CONFLICT);
    }

    @Test
    void what_a_device_sends_is_told_only_when_it_changes() {
        move(answer(bob));

        assertThat(move(new Send(bob, PICTURE)).facts()).isEmpty();
        assertThat(move(new Send(bob, SOUND)).facts()).singleElement().isInstanceOf(CallFact.MediaChanged.class);
        assertThat(move(new Send(carol, SOUND)).refusal().code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void what_is_stored_is_what_was_meant() {
        move(answer(bob));
        move(new Detach(alice.socketId()));
        assertThat(StoredCall.read(StoredCall.write(state))).isEqualTo(state);

        move(new Leave(bob, null, false));
        assertThat(StoredCall.read(StoredCall.write(state))).isEqualTo(state);

        var fresh = ringing(false, CallKind.AUDIO);
        assertThat(StoredCall.read(StoredCall.write(fresh))).isEqualTo(fresh);
    }

    private CallRules.Step move(CallMove move) {
        var step = CallRules.apply(state, move, now);
        state = step.state();
        return step;
    }

    private Ringing ringing(boolean direct, CallKind kind) {
        var terms =
                new CallState.Terms(UUID.randomUUID(), UUID.randomUUID(), direct, alice.userId(), kind, START, true);
        return (Ringing)
                CallRules.start(terms, alice, new Media(true, kind == CallKind.VIDEO, false), UUID.randomUUID());
    }

    private static Join answer(Device device) {
        return answer(device, PICTURE);
    }

    private static Join answer(Device device, Media media) {
        return new Join(device, Manner.ANSWER, media, UUID.randomUUID(), null);
    }

    private static Device device() {
        return new Device(UUID.randomUUID(), UUID.randomUUID(), "socket-" + UUID.randomUUID());
    }

    static {
        assertThat(Leg.LEASE).isEqualTo(Duration.ofSeconds(45));
        assertThat(CallState.Terms.RING).isEqualTo(Duration.ofSeconds(45));
    }
}
