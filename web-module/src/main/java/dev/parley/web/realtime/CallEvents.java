package dev.parley.web.realtime;

import dev.parley.calls.Admission;
import dev.parley.calls.Admission.Renewal;
import dev.parley.calls.CallKind;
import dev.parley.calls.CallService;
import dev.parley.calls.CallService.Rejoining;
import dev.parley.identity.Caller;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketServer;
import dev.parley.socketio.jakarta.OnDisconnect;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;
import dev.parley.web.realtime.CallPayloads.Candidate;
import dev.parley.web.realtime.CallPayloads.Description;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls, as devices drive them. Media never come here; their negotiation is passed on from leg to leg and kept nowhere. */
@ApplicationScoped
@SocketEndpoint("/")
class CallEvents {

    @Inject
    CallService calls;

    @Inject
    SocketServer server;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    CallEvents() {}

    @OnEvent("call_start")
    Admission start(Caller caller, Socket socket, CallPayloads.Start start) {
        return carried(socket, calls.start(caller, socket.id(), start.roomId(), start.kind(), start.ring()));
    }

    @OnEvent("call_ringing")
    void ringing(Caller caller, CallPayloads.About about) {
        calls.ringing(caller, about.callId());
    }

    @OnEvent("call_accept")
    Admission accept(Caller caller, Socket socket, CallPayloads.Enter enter) {
        return carried(socket, calls.accept(caller, socket.id(), enter.callId(), enter.withAudio(), enter.withVideo()));
    }

    @OnEvent("call_join")
    Admission join(Caller caller, Socket socket, CallPayloads.Enter enter) {
        UUID leg = enter.legId();
        UUID room = enter.roomId();
        CallKind kind = enter.kind();
        if (leg != null && room != null && kind != null) {
            return carried(
                    socket,
                    calls.rejoin(
                            caller,
                            socket.id(),
                            enter.callId(),
                            new Rejoining(leg, room, kind, enter.withAudio(), enter.withVideo())));
        }
        return carried(
                socket,
                calls.join(caller, socket.id(), enter.callId(), enter.withAudio(), enter.withVideo(), enter.legId()));
    }

    @OnEvent("call_decline")
    void decline(Caller caller, Socket socket, CallPayloads.Decline decline) {
        calls.decline(caller, socket.id(), decline.callId(), decline.busy());
    }

    @OnEvent("call_media")
    void media(Caller caller, Socket socket, CallPayloads.Media media) {
        calls.media(caller, socket.id(), media.callId(), media.audio(), media.video(), media.withScreen());
    }

    @OnEvent("call_renew")
    Renewal renew(Caller caller, Socket socket, CallPayloads.Renew renew) {
        var renewal = calls.renew(caller, socket.id(), renew.callId(), renew.legId());
        renewal.call().participants().stream()
                .filter(participant -> participant.userId().equals(caller.userId()))
                .forEach(own -> carry(socket, renew.callId(), own.legId()));
        return renewal;
    }

    @OnEvent("call_leave")
    void leave(Caller caller, Socket socket, CallPayloads.Leave leave) {
        calls.leave(caller, socket.id(), leave.callId(), leave.legId(), leave.failed());
        CarriedLegs.of(socket).drop(leave.callId());
    }

    @OnEvent("call_report")
    void report(Caller caller, CallPayloads.Report report) {
        calls.report(caller, report.callId(), report.legId(), report.stats().toString());
    }

    record RelayedSignal(
            UUID callId,
            UUID fromLegId,
            long epoch,
            @Nullable Description description,
            @Nullable Candidate candidate,
            @Nullable Boolean restart) {}

    @OnEvent("call_signal")
    void signal(Caller caller, Socket socket, CallPayloads.Signal signal) {
        UUID from = signal.candidate() != null
                ? calls.speaker(caller, socket.id(), signal.callId(), signal.toLegId())
                : calls.describer(caller, socket.id(), signal.callId(), signal.toLegId());
        var carried = CarriedLegs.of(socket);
        if (signal.candidate() != null) {
            carried.countCandidate(signal.toLegId());
        } else if (signal.description() != null) {
            carried.forgetCandidates(signal.toLegId());
        }
        var description = signal.description();
        var candidate = signal.candidate();
        if (calls.relayOnly()) {
            description = description == null ? null : description.byRelay();
            candidate = candidate == null ? null : candidate.byRelay().orElse(null);
            if (description == null && candidate == null && signal.restart() == null) {
                return; // a way that nobody is to take: its sender need not know
            }
        }
        server.to(Audience.leg(signal.toLegId()))
                .emit(
                        "call_signal",
                        new RelayedSignal(
                                signal.callId(), from, signal.epoch(), description, candidate, signal.restart()));
    }

    @OnDisconnect
    void gone(Socket socket) {
        CarriedLegs.of(socket).callIds().forEach(callId -> calls.disconnected(socket.id(), callId));
    }

    private static Admission carried(Socket socket, Admission admission) {
        carry(socket, admission.call().id(), admission.legId());
        return admission;
    }

    private static void carry(Socket socket, UUID callId, UUID legId) {
        CarriedLegs.of(socket).carry(callId, legId);
        socket.join(Audience.leg(legId), Audience.call(callId));
    }
}
