package dev.parley.web.realtime;

import dev.parley.calls.Call;
import dev.parley.calls.CallService;
import dev.parley.chat.Message;
import dev.parley.chat.Room;
import dev.parley.chat.RoomService;
import dev.parley.cluster.Alarm;
import dev.parley.identity.Caller;
import dev.parley.presence.Presence;
import dev.parley.presence.PresenceService;
import dev.parley.presence.SharedRooms;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.signin.Device;
import dev.parley.signin.SessionService;
import dev.parley.socketio.Socket;
import dev.parley.socketio.jakarta.OnConnect;
import dev.parley.socketio.jakarta.OnDisconnect;
import dev.parley.socketio.jakarta.OnEvent;
import dev.parley.socketio.jakarta.SocketEndpoint;
import dev.parley.uploads.UploadLimits;
import dev.parley.users.AccountService;
import dev.parley.users.User;
import dev.parley.web.token.TokenRefused;
import dev.parley.web.token.TokenVerifier;
import dev.parley.web.token.VerifiedToken;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A socket's beginning and end. It joins its audiences first and is told the state of things then: what happens in between is
 * delivered after the snapshot, so nothing is missed.
 */
@ApplicationScoped
@SocketEndpoint("/")
@Priority(1) // before anybody else's @OnConnect: 'session' is the first event
class SessionEvents {

    @Inject
    AccountService accounts;

    @Inject
    RoomService rooms;

    @Inject
    SharedRooms shared;

    @Inject
    PresenceService presence;

    @Inject
    CallService calls;

    @Inject
    UploadLimits uploads;

    @Inject
    TokenVerifier tokens;

    @Inject
    SessionService sessions;

    @Inject
    Seats seats;

    @Inject
    Alarm alarm;

    @Inject
    Clock clock;

    /** The first event of every connection. */
    record Session(
            User user,
            UUID sessionId,
            Instant serverTime,
            Instant tokenExpiresAt,
            List<Room> rooms,
            List<Presence> presence,
            List<Call> calls,
            Limits limits) {}

    /**
     * What a client had better check before it asks.
     *
     * @param messageLength characters of a message
     * @param uploadBytes bytes of a file
     * @param uploadTypes media types that may be shared
     */
    record Limits(int messageLength, long uploadBytes, List<String> uploadTypes) {}

    /** A payload of {@code session_renew}. */
    record Renew(@Nullable String token) {}

    record Renewed(Instant tokenExpiresAt) {}

    @OnConnect
    void connected(Caller caller, Socket socket) {
        VerifiedToken token = socket.attribute(VerifiedToken.class).orElseThrow();
        presence.attend(caller, socket.id());
        seats.taken(caller.userId(), socket.id());
        socket.join(Audience.person(caller.userId()), Audience.session(caller.sessionId()));
        // a room that is added from here on reaches the socket as one of the person's
        socket.join(
                shared.roomIdsOf(caller.userId()).stream().map(Audience::room).toArray(String[]::new));
        if (!sessions.endedAmong(List.of(caller.sessionId())).isEmpty()) {
            // ended between the look at its token and its joining of the audience that was told so
            SessionEnd.of(socket, SessionEnd.Reason.REVOKED, null);
            return;
        }
        socket.emit("session", session(caller, token));
        Deadline deadline = new Deadline(socket, alarm);
        socket.attribute(Deadline.class, deadline);
        deadline.set(clock.instant(), token.expiresAt());
    }

    private Session session(Caller caller, VerifiedToken token) {
        return new Session(
                accounts.me(caller),
                caller.sessionId(),
                clock.instant(),
                token.expiresAt(),
                rooms.roomsOf(caller),
                presence.around(caller),
                calls.callsOf(caller),
                new Limits(Message.MAX_TEXT, uploads.maxBytes(), uploads.types()));
    }

    /** Keeps the connection beyond the end of its token. */
    @OnEvent("session_renew")
    Renewed renew(Caller caller, Socket socket, Renew renew) {
        VerifiedToken token = verified(renew.token(), SocketAuthenticator.device(socket));
        Caller renewed = token.caller();
        if (!renewed.userId().equals(caller.userId())) {
            throw Problem.of(Code.FORBIDDEN, "That is somebody else's token.");
        }
        if (!renewed.sessionId().equals(caller.sessionId())) {
            socket.leave(Audience.session(caller.sessionId()));
            socket.join(Audience.session(renewed.sessionId()));
        }
        if (!sessions.endedAmong(List.of(renewed.sessionId())).isEmpty()) {
            throw Problem.of(Code.UNAUTHORIZED, "This session is over.");
        }
        socket.attribute(Caller.class, renewed);
        socket.attribute(VerifiedToken.class, token);
        socket.attribute(Deadline.class).ifPresent(deadline -> deadline.set(clock.instant(), token.expiresAt()));
        return new Renewed(token.expiresAt());
    }

    private VerifiedToken verified(@Nullable String token, Device device) {
        try {
            return tokens.verify(token, device);
        } catch (TokenRefused refused) {
            throw Problem.of(Code.UNAUTHORIZED, String.valueOf(refused.getMessage()));
        }
    }

    @OnDisconnect
    void gone(Caller caller, Socket socket) {
        socket.attribute(Deadline.class).ifPresent(Deadline::cancel);
        seats.taken(caller.userId(), socket.id());
        presence.leave(caller.userId(), socket.id());
    }
}
