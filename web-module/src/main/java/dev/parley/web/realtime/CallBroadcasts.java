package dev.parley.web.realtime;

import dev.parley.calls.Call;
import dev.parley.calls.CallFact;
import dev.parley.calls.EndReason;
import dev.parley.socketio.Broadcast;
import dev.parley.socketio.SocketServer;
import dev.parley.users.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.UUID;

/** Tells everybody who should know what happened to a call. */
@ApplicationScoped
class CallBroadcasts {

    @Inject
    SocketServer server;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    CallBroadcasts() {}

    record Incoming(Call call, User from) {}

    record Rang(UUID callId, UUID userId) {}

    record Answered(UUID callId, UUID bySessionId) {}

    record Declined(UUID callId, UUID userId, String reason) {}

    record Joined(UUID callId, Call.Participant participant) {}

    record Left(UUID callId, UUID legId, UUID userId, String reason) {}

    record Media(UUID callId, UUID legId, UUID userId, boolean audio, boolean video, boolean screen) {}

    record Ended(UUID callId, UUID roomId, EndReason reason) {}

    void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) CallFact fact) {
        switch (fact) {
            case CallFact.Started started -> started(started);
            case CallFact.Rang rang -> call(rang).emit("call_ringing", new Rang(rang.callId(), rang.userId()));
            case CallFact.Answered answered ->
                server.to(Audience.person(answered.userId()))
                        .except(answered.socketId())
                        .emit("call_answered", new Answered(answered.callId(), answered.bySessionId()));
            case CallFact.Declined declined ->
                call(declined)
                        .to(Audience.person(declined.userId()))
                        .emit("call_declined", new Declined(declined.callId(), declined.userId(), declined.reason()));
            case CallFact.Joined joined -> joined(joined);
            case CallFact.Left left -> left(left);
            case CallFact.MediaChanged changed -> {
                var who = changed.participant();
                everybody(changed)
                        .emit(
                                "call_media",
                                new Media(
                                        changed.callId(),
                                        who.legId(),
                                        who.userId(),
                                        who.audio(),
                                        who.video(),
                                        who.screen()));
            }
            case CallFact.Ended ended -> {
                everybody(ended).emit("call_ended", new Ended(ended.callId(), ended.roomId(), ended.reason()));
                call(ended).socketsLeave(Audience.call(ended.callId()));
            }
        }
    }

    private void started(CallFact.Started started) {
        var starter = started.call().participants().getFirst();
        // before anybody can answer: who has started must hear it
        server.to(started.socketId()).socketsJoin(Audience.call(started.callId()), Audience.leg(starter.legId()));
        var news = new Incoming(started.call(), started.from());
        if (started.rings()) {
            server.to(Audience.room(started.roomId()))
                    .except(Audience.person(starter.userId()))
                    .emit("call_incoming", news);
        } else {
            server.to(Audience.room(started.roomId()))
                    .except(started.socketId())
                    .emit("call_started", news);
        }
    }

    private void joined(CallFact.Joined joined) {
        // before anybody can greet the newcomer
        server.to(joined.socketId())
                .socketsJoin(
                        Audience.call(joined.callId()),
                        Audience.leg(joined.participant().legId()));
        everybody(joined)
                .except(joined.socketId())
                .emit("call_joined", new Joined(joined.callId(), joined.participant()));
    }

    private void left(CallFact.Left left) {
        everybody(left).emit("call_left", new Left(left.callId(), left.legId(), left.userId(), left.reason()));
        var leg = Audience.leg(left.legId());
        server.to(leg).socketsLeave(Audience.call(left.callId()), leg);
    }

    private Broadcast call(CallFact fact) {
        return server.to(Audience.call(fact.callId()));
    }

    /** Those in the call, and those who see in its room that it goes on. */
    private Broadcast everybody(CallFact fact) {
        return server.to(Audience.call(fact.callId()), Audience.room(fact.roomId()));
    }
}
