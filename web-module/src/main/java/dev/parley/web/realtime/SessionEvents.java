package dev.parley.web.realtime;

import dev.parley.calls.Call;
import dev.parley.calls.CallService;
import dev.parley.chat.ChatSettings;
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
import dev.parley.signin.AdminService;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A socket's beginning and end. It joins its audiences first and is told the state of things then: what happens in between is
 * delivered after the snapshot, so nothing is missed.
 */
@ApplicationScoped
@SocketEndpoint("/")
@Priority(1) // before anybody else's @OnConnect: 'session' is the first event
class SessionEvents {

    /** By then all has been told that was committed before the snapshot: nothing waits longer in {@link RoomOrder}. */
    private static final Duration SETTLED = Duration.ofSeconds(40);

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
    ChatSettings settings;

    @Inject
    TokenVerifier tokens;

    @Inject
    SessionService sessions;

    @Inject
    AdminService admin;

    @Inject
    Seats seats;

    @Inject
    Newcomers newcomers;

    @Inject
    Alarm alarm;

    @Inject
    Clock clock;

    /**
     * The first event of every connection.
     *
     * @param administrator true for those who may ask {@code /api/admin}, absent for others: what a client offers; who asks is looked at anew
     */
    record Session(
            User user,
            UUID sessionId,
            Instant serverTime,
            Instant tokenExpiresAt,
            List<Room> rooms,
            List<Presence> presence,
            List<Call> calls,
            Limits limits,
            @Nullable Boolean administrator) {}

    /**
     * What a client had better check before it asks.
     *
     * @param messageLength characters of a message
     * @param uploadBytes bytes of a file
     * @param uploadTypes media types that may be shared
     * @param editWindowMs for how long its author may change a message; absent for ever
     */
    record Limits(
            int messageLength,
            long uploadBytes,
            List<String> uploadTypes,
            @Nullable Long editWindowMs) {}

    /** A payload of {@code session_renew}. */
    record Renew(@Nullable String token) {}

    record Renewed(Instant tokenExpiresAt) {}

    @OnConnect
    void connected(Caller caller, Socket socket) {
        VerifiedToken token = socket.attribute(VerifiedToken.class).orElseThrow();
        presence.attend(caller, socket.id(), activity(socket));
        seats.taken(caller.userId(), socket.id());
        socket.join(Audience.person(caller.userId()), Audience.session(caller.sessionId()));
        // a room that is added from here on reaches the socket as one of the person's
        Set<UUID> joined = shared.roomIdsOf(caller.userId());
        newcomers.expect(socket, joined);
        alarm.after(SETTLED, () -> newcomers.forget(socket));
        socket.join(joined.stream().map(Audience::room).toArray(String[]::new));
        if (!sessions.endedAmong(List.of(caller.sessionId())).isEmpty()) {
            // ended between the look at its token and its joining of the audience that was told so
            SessionEnd.of(socket, SessionEnd.Reason.REVOKED, null);
            return;
        }
        Session session = session(caller, token);
        socket.emit("session", session);
        newcomers.told(socket, session.rooms);
        leaveAllBut(session.rooms, joined, socket);
        Deadline deadline = new Deadline(socket, alarm);
        socket.attribute(Deadline.class, deadline);
        deadline.set(clock.instant(), token.expiresAt());
    }

    /** Who was sent out of a room while the socket joined it may have been sent out before it had. */
    private static void leaveAllBut(List<Room> rooms, Set<UUID> joined, Socket socket) {
        Set<UUID> own = rooms.stream().map(Room::id).collect(Collectors.toSet());
        joined.stream().filter(room -> !own.contains(room)).forEach(room -> socket.leave(Audience.room(room)));
    }

    /** A client that connects again by itself says {@code active: false} beside its token: a machine that wakes up is no person. */
    private static boolean activity(Socket socket) {
        return socket.handshake().auth().path("active").asBoolean(true);
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
                new Limits(
                        Message.MAX_TEXT,
                        uploads.maxBytes(),
                        uploads.types(),
                        settings.editWindow().map(Duration::toMillis).orElse(null)),
                admin.isAdministrator(caller) ? true : null);
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
        newcomers.forget(socket);
        socket.attribute(Deadline.class).ifPresent(Deadline::cancel);
        seats.taken(caller.userId(), socket.id());
        presence.leave(caller.userId(), socket.id());
    }
}
