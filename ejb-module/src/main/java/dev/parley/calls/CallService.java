package dev.parley.calls;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.parley.calls.Admission.Renewal;
import dev.parley.calls.CallMove.Decline;
import dev.parley.calls.CallMove.Detach;
import dev.parley.calls.CallMove.Join;
import dev.parley.calls.CallMove.Leave;
import dev.parley.calls.CallMove.Manner;
import dev.parley.calls.CallMove.Remove;
import dev.parley.calls.CallMove.Renew;
import dev.parley.calls.CallMove.Send;
import dev.parley.calls.CallMove.Tick;
import dev.parley.calls.Leg.Device;
import dev.parley.calls.Leg.Media;
import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimited;
import dev.parley.users.UserService;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Calls, for their devices. A device is a person's sign-in and one connection of it ({@code socketId}, opaque here). Members of a
 * call's room may do with it what is written here; for all others there is no such call.
 *
 * <p>No transaction: a transition is told as soon as it has won in the map of live calls, and the database is written afterwards.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CallService {

    /** The longest report of quality, in characters. */
    public static final int REPORT_LENGTH = 16 * 1024;

    /** The most calls that {@link #recorded} gives at once. */
    public static final int RECORDS = 100;

    private static final Logger LOG = System.getLogger(CallService.class.getName());
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    /** The largest room whose members can all be rung. */
    public static final int RUNG = 50;

    /** How often a start looks again when the room's call ends or begins under its eyes. */
    private static final int ROUNDS = 16;

    /** How long the node that ended a call has to write it down before another one does. */
    private static final Duration WRITING = Duration.ofSeconds(3);

    /** No call that is called back after a restart is older. */
    private static final Duration LONGEST = Duration.ofDays(1);

    @Inject
    LiveCalls live;

    @Inject
    CallRooms rooms;

    @Inject
    CallArchive archive;

    @Inject
    UserService users;

    @Inject
    IceServers ice;

    @Inject
    Talking talking;

    @Inject
    Clock clock;

    @Inject
    Event<CallFact> facts;

    @Inject
    Event<CallMeasured> measured;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public CallService() {}

    /** The calls of the caller's rooms that ring or are spoken. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public List<Call> callsOf(Caller caller) {
        var now = clock.instant();
        return rooms.of(caller).stream()
                .flatMap(roomId -> live.inRoom(roomId).stream())
                .map(state -> CallRules.apply(state, new Tick(), now).state())
                .filter(state -> !(state instanceof CallState.Ended))
                .map(CallState::call)
                .toList();
    }

    /**
     * Calls a room, or joins the call that it has. A call of two rings; one in a room rings for its members, or is only told to them.
     *
     * @param ring whether a new call rings for everybody in the room; null: if at most {@value #RUNG} people are in it; without
     *     meaning between two
     * @throws Problem {@code not_found} for a room the caller is not a member of, {@code conflict} when the call is full or the caller
     *     takes part on another device, {@code forbidden} when more than {@value #RUNG} people would be rung
     */
    @RateLimited(Limit.CALL_START)
    public Admission start(Caller caller, String socketId, UUID roomId, CallKind kind, @Nullable Boolean ring) {
        boolean direct = rooms.direct(caller, roomId).orElseThrow(() -> Problem.notFound("room"));
        var media = new Media(true, kind == CallKind.VIDEO, false);
        for (int round = 0; round < ROUNDS; round++) {
            var existing = live.inRoom(roomId);
            if (existing.isEmpty()) {
                boolean rings = direct || rings(caller, roomId, ring);
                var terms = new CallState.Terms(
                        IDS.generate(), roomId, direct, caller.userId(), kind, clock.instant(), rings);
                var call = CallRules.start(terms, device(caller, socketId), media, IDS.generate());
                if (live.open(call)) {
                    var from = users.find(caller.userId()).orElseThrow(() -> Problem.notFound("user"));
                    facts.fire(new CallFact.Started(call.call(), from, rings, socketId));
                    talking.stillIn(caller.userId(), call);
                    return admission(caller, call);
                }
            } else if (existing.get() instanceof CallState.Ended ended) {
                // whoever ended it is still writing, or died while it was
                writeDown(ended);
            } else {
                try {
                    return join(caller, socketId, existing.get().terms().id(), Manner.JOIN, media, null);
                } catch (Problem gone) {
                    if (gone.code() != Code.NOT_FOUND) {
                        throw gone;
                    }
                }
            }
        }
        throw Problem.unavailable("The room's call ends and begins too fast.", Duration.ofSeconds(1));
    }

    private boolean rings(Caller caller, UUID roomId, @Nullable Boolean wish) {
        if (Boolean.FALSE.equals(wish)) {
            return false;
        }
        long members = rooms.size(caller, roomId);
        if (members > RUNG && wish != null) {
            throw Problem.of(
                    Code.FORBIDDEN,
                    "A room of " + members + " people cannot be rung, only one of at most " + RUNG
                            + "; a call that does not ring can be joined by all of them.",
                    Map.of("limit", RUNG, "members", members));
        }
        return members <= RUNG;
    }

    /**
     * Says that a device of the caller rings.
     *
     * @throws Problem {@code not_found} for a call that is over, {@code conflict} for one that does not ring for this person: it never
     *     did, they are in it already, or its time of ringing is over; in all these cases the device must be silent
     */
    public void ringing(Caller caller, UUID callId) {
        var now = clock.instant();
        var state = CallRules.apply(visible(caller, callId), new Tick(), now).state();
        var terms = state.terms();
        if (state instanceof CallState.Ended) {
            throw Problem.notFound("call");
        }
        if (state.legs().stream().anyMatch(leg -> leg.userId().equals(caller.userId()))) {
            throw Problem.of(Code.CONFLICT, "You are in this call already.");
        }
        if (!terms.rings() || !now.isBefore(terms.ringsUntil())) {
            throw Problem.of(Code.CONFLICT, "This call does not ring; it can be joined.");
        }
        if (state instanceof CallState.Ringing) {
            facts.fire(new CallFact.Rang(callId, terms.roomId(), caller.userId()));
        }
    }

    /**
     * Answers: of all devices of a person the first one wins.
     *
     * @throws Problem {@code conflict} when another device has answered or the call is full, {@code not_found} when it is over
     */
    public Admission accept(Caller caller, String socketId, UUID callId, boolean audio, boolean video) {
        visible(caller, callId);
        return join(caller, socketId, callId, Manner.ANSWER, new Media(audio, video, false), null);
    }

    /**
     * Joins a call that goes on. A device that is in it already, in another tab, moves here and gets a new leg.
     *
     * @param resume the leg that this device held before its connection broke, to go on with
     */
    public Admission join(
            Caller caller, String socketId, UUID callId, boolean audio, boolean video, @Nullable UUID resume) {
        visible(caller, callId);
        return join(caller, socketId, callId, Manner.JOIN, new Media(audio, video, false), resume);
    }

    /** What a device remembers of the call in which it talks: its leg, the room, and what it sends. */
    public record Rejoining(UUID legId, UUID roomId, CallKind kind, boolean audio, boolean video) {}

    /**
     * Joins again a call in which the caller's device talks. When no server knows of it any more, because all were restarted, it goes on
     * under its id, and the others come back the same way; media never stopped.
     *
     * @throws Problem {@code not_found} when the call is over or the caller not a member of that room
     */
    @RateLimited(Limit.CALL_START)
    public Admission rejoin(Caller caller, String socketId, UUID callId, Rejoining again) {
        var roomId = again.roomId();
        var legId = again.legId();
        var media = new Media(again.audio(), again.video(), false);
        boolean direct = rooms.direct(caller, roomId).orElseThrow(() -> Problem.notFound("room"));
        if (live.all().stream()
                .flatMap(state -> state.legs().stream())
                .anyMatch(leg -> leg.id().equals(legId) && !leg.userId().equals(caller.userId()))) {
            throw Problem.notFound("leg");
        }
        if (live.find(callId).isEmpty() && archive.roomOf(callId).isEmpty()) {
            var startedAt = startOf(callId);
            var terms = new CallState.Terms(callId, roomId, direct, caller.userId(), again.kind(), startedAt, direct);
            var call = CallRules.again(terms, device(caller, socketId), media, legId, clock.instant());
            if (live.open(call)) {
                facts.fire(new CallFact.Joined(
                        callId, roomId, call.legs().getFirst().participant(), socketId));
                talking.stillIn(caller.userId(), call);
                return admission(caller, call);
            }
        }
        visible(caller, callId);
        return admission(caller, move(callId, new Join(device(caller, socketId), Manner.JOIN, media, legId, legId)));
    }

    /** Ids of calls say when they were made; an id that was made up is not believed to be old. */
    private Instant startOf(UUID callId) {
        if (callId.version() != 7) {
            throw Problem.notFound("call");
        }
        var now = clock.instant();
        var made = LiveCalls.madeAt(callId);
        return made.isAfter(now) || made.isBefore(now.minus(LONGEST)) ? now : made;
    }

    /** @param busy talking elsewhere, rather than unwilling */
    public void decline(Caller caller, String socketId, UUID callId, boolean busy) {
        visible(caller, callId);
        move(callId, new Decline(device(caller, socketId), busy));
    }

    /**
     * Keeps the caller's leg for another {@link Leg#LEASE}, through this connection from now on.
     *
     * @param legId which leg the device means; null for the one it has
     */
    public Renewal renew(Caller caller, String socketId, UUID callId, @Nullable UUID legId) {
        var seen = live.find(callId).orElseThrow(() -> Problem.notFound("call"));
        if (!rooms.isMember(caller, seen.terms().roomId())) {
            move(callId, new Remove(caller.userId()));
            throw Problem.notFound("call");
        }
        var state = move(callId, new Renew(device(caller, socketId), legId));
        talking.stillIn(caller.userId(), state);
        return new Renewal(
                state.call(), ice.forPerson(caller.userId()), ice.ttl().toMillis(), ice.relayOnly());
    }

    public void media(Caller caller, String socketId, UUID callId, boolean audio, boolean video, boolean screen) {
        move(callId, new Send(device(caller, socketId), new Media(audio, video, screen)));
    }

    /** @param failed because no media path was found */
    public void leave(Caller caller, String socketId, UUID callId, @Nullable UUID legId, boolean failed) {
        move(callId, new Leave(device(caller, socketId), legId, failed));
    }

    /**
     * The same for a page that goes away and asks by HTTP besides: whichever of the two comes later finds nothing to do. Only the leg
     * of this very sign-in is let go.
     *
     * @throws Problem {@code not_found} for a call that is none of the caller's rooms, and for somebody else's leg
     */
    public void goneAway(Caller caller, UUID callId, UUID legId) {
        var state = live.find(callId);
        var room = state.map(found -> found.terms().roomId()).or(() -> archive.roomOf(callId));
        if (room.isEmpty() || !rooms.isMember(caller, room.get())) {
            throw Problem.notFound("call");
        }
        var device = device(caller, "");
        var leg = state.stream()
                .flatMap(found -> found.legs().stream())
                .filter(one -> one.id().equals(legId))
                .findFirst();
        if (leg.isEmpty()) {
            return;
        }
        if (!leg.get().isOf(device)) {
            throw Problem.notFound("leg");
        }
        moveIfThere(callId, new Leave(device, legId, false));
    }

    /**
     * Whether this connection may say something to that leg: one look into the map, none into the database.
     *
     * @return the leg that speaks
     * @throws Problem {@code not_found} unless both legs are of that call, and the first one is carried by this connection
     */
    public UUID speaker(Caller caller, String socketId, UUID callId, UUID toLegId) {
        var state = live.find(callId).orElseThrow(() -> Problem.notFound("call"));
        var from = state.legs().stream()
                .filter(leg -> leg.userId().equals(caller.userId()) && leg.uses(socketId))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("call"));
        if (from.id().equals(toLegId)
                || state.legs().stream().noneMatch(leg -> leg.id().equals(toLegId))) {
            throw Problem.notFound("leg");
        }
        return from.id();
    }

    /** {@link #speaker}, for what is long: descriptions are limited besides. */
    @RateLimited(Limit.CALL_SIGNAL)
    public UUID describer(Caller caller, String socketId, UUID callId, UUID toLegId) {
        return speaker(caller, socketId, callId, toLegId);
    }

    /** Somebody is not in that room any more, and hence in none of its calls. */
    public void sentOut(UUID roomId, UUID userId) {
        live.inRoom(roomId)
                .filter(state ->
                        state.legs().stream().anyMatch(leg -> leg.userId().equals(userId)))
                .ifPresent(state -> moveIfThere(state.terms().id(), new Remove(userId)));
    }

    /** Nobody is in that room any more. */
    public void closed(UUID roomId) {
        live.inRoom(roomId).ifPresent(state -> state.legs().forEach(leg -> sentOut(roomId, leg.userId())));
    }

    /** A connection is gone: its leg has until the end of its lease to come back through another one. */
    public void disconnected(String socketId, UUID callId) {
        if (live.find(callId).isPresent()) {
            moveIfThere(callId, new Detach(socketId));
        }
    }

    /** For what is no wish of a device, and for nobody to be told of when the call is over. */
    private void moveIfThere(UUID callId, CallMove move) {
        try {
            move(callId, move);
        } catch (Problem over) {
            LOG.log(Level.DEBUG, "call {0} ended before {1} was noted", callId, move);
        }
    }

    /**
     * Keeps what a device measured.
     *
     * @param stats JSON text
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void report(Caller caller, UUID callId, UUID legId, String stats) {
        if (stats.length() > REPORT_LENGTH) {
            throw Problem.of(
                    Code.TOO_LARGE,
                    "A report has " + REPORT_LENGTH + " characters at most.",
                    Map.of("limit", REPORT_LENGTH));
        }
        var roomId = live.find(callId)
                .map(state -> state.terms().roomId())
                .or(() -> archive.roomOf(callId))
                .filter(room -> rooms.isMember(caller, room))
                .orElseThrow(() -> Problem.notFound("call"));
        LOG.log(Level.DEBUG, "a report on call {0} of room {1}", callId, roomId);
        if (archive.report(callId, legId, caller.userId(), stats)) {
            var quality = CallQuality.of(CallReport.tree(stats));
            measured.fire(new CallMeasured(quality));
            if (quality.failure() != null && live.firstToFail(callId, clock.instant())) {
                LOG.log(
                        Level.WARNING,
                        "call {0} found no path between two devices: {1}; paths it had: {2}",
                        callId,
                        quality.failure(),
                        quality.paths());
            }
        }
    }

    /**
     * The newest calls that are over, whatever their room. Whoever asks must have been found to be an administrator.
     *
     * @param before only calls that began earlier; null for all
     * @param limit at most {@value #RECORDS}
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public List<RecordedCall> recorded(@Nullable Instant before, int limit) {
        if (limit < 1 || limit > RECORDS) {
            throw Problem.invalid("'limit' is between 1 and " + RECORDS + ".");
        }
        return archive.recent(before == null ? clock.instant().plus(Duration.ofDays(1)) : before, limit);
    }

    /** Servers for the caller's devices. */
    public List<IceServer> iceServers(Caller caller) {
        return ice.forPerson(caller.userId());
    }

    /** What an administrator had better change about them. */
    public Set<IceWarning> iceWarnings() {
        return ice.warnings();
    }

    /** Whether media go through a relay or not at all; what would lead past it is not passed on. */
    public boolean relayOnly() {
        return ice.relayOnly();
    }

    /** How long {@link #iceServers} are good for. */
    public Duration iceTtl() {
        return ice.ttl();
    }

    /** Lets time pass: ends what rang too long, drops legs that did not renew, writes down what nobody wrote. */
    public void sweep() {
        var now = clock.instant();
        for (CallState state : live.all()) {
            try {
                if (state instanceof CallState.Ended ended) {
                    if (now.isAfter(ended.endedAt().plus(WRITING))) {
                        writeDown(ended);
                    }
                } else if (!CallRules.apply(state, new Tick(), now).facts().isEmpty()) {
                    move(state.terms().id(), new Tick());
                }
            } catch (Problem moved) {
                LOG.log(
                        Level.DEBUG,
                        "call {0} was swept elsewhere",
                        state.terms().id());
            }
        }
        live.prune(now.minus(Duration.ofMinutes(1)));
    }

    private CallState visible(Caller caller, UUID callId) {
        return live.find(callId)
                .filter(state -> rooms.isMember(caller, state.terms().roomId()))
                .orElseThrow(() -> Problem.notFound("call"));
    }

    private Admission join(
            Caller caller, String socketId, UUID callId, Manner manner, Media media, @Nullable UUID resume) {
        return admission(
                caller, move(callId, new Join(device(caller, socketId), manner, media, IDS.generate(), resume)));
    }

    private Admission admission(Caller caller, CallState state) {
        var own = state.legs().stream()
                .filter(leg -> leg.userId().equals(caller.userId()))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("call"));
        return new Admission(
                state.call(),
                own.id(),
                ice.forPerson(caller.userId()),
                ice.ttl().toMillis(),
                ice.relayOnly());
    }

    /** Moves, then tells, and writes a call down that has ended by it. */
    private CallState move(UUID callId, CallMove move) {
        var now = clock.instant();
        var winner = new AtomicReference<@Nullable Turn>();
        live.move(callId, state -> {
            var step = CallRules.apply(state, move, now);
            winner.set(new Turn(state, step));
            return step.state();
        });
        var turn = Optional.ofNullable(winner.get()).orElseThrow();
        var step = turn.step();
        step.facts().forEach(facts::fire);
        talking.changed(turn.before(), step.state());
        if (step.state() instanceof CallState.Ended ended
                && step.facts().stream().anyMatch(CallFact.Ended.class::isInstance)) {
            writeDown(ended);
        }
        if (step.refusal() != null) {
            throw step.refusal();
        }
        return step.state();
    }

    private record Turn(CallState before, CallRules.Step step) {}

    private void writeDown(CallState.Ended ended) {
        try {
            var terms = ended.terms();
            archive.write(new CallLog.EndedCall(
                    terms.id(),
                    terms.roomId(),
                    terms.direct(),
                    terms.startedBy(),
                    terms.kind(),
                    terms.startedAt(),
                    ended.answeredAt(),
                    ended.endedAt(),
                    ended.reason(),
                    ended.people()));
        } catch (EJBException failed) {
            if (archive.roomOf(ended.terms().id()).isEmpty()) {
                // it stays in the map, and the next sweep tries again
                LOG.log(
                        Level.WARNING,
                        "call {0} could not be written down yet",
                        ended.terms().id());
                return;
            }
        }
        live.close(ended);
    }

    private static Device device(Caller caller, String socketId) {
        return new Device(caller.userId(), caller.sessionId(), socketId);
    }
}
