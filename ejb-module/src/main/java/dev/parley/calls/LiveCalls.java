package dev.parley.calls;

import dev.parley.cluster.Replicated;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/**
 * The calls that go on, for all nodes: at most one a room, so that two people who call each other at once find themselves in the
 * same call. Keys are {@code room/<roomId>} with the call, {@code call/<callId>} with its room, and {@code failed/<callId>} with the
 * second since 1970 at which a device first said that it found no path.
 */
@Dependent
class LiveCalls {

    /** Only devices of one call compete, so many rounds mean that something is wrong. */
    private static final int ROUNDS = 64;

    private static final String ROOM = "room/";
    private static final String CALL = "call/";
    private static final String FAILED = "failed/";

    /** Devices report within seconds of each other; this is for those that had to wait for a connection. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final ConcurrentMap<String, String> map;

    @Inject
    LiveCalls(@Replicated(Replicated.CALLS) ConcurrentMap<String, String> map) {
        this.map = map;
    }

    Optional<CallState> inRoom(UUID roomId) {
        return Optional.ofNullable(map.get(ROOM + roomId)).map(StoredCall::read);
    }

    Optional<CallState> find(UUID callId) {
        return Optional.ofNullable(map.get(CALL + callId))
                .flatMap(roomId -> inRoom(UUID.fromString(roomId)))
                .filter(state -> state.terms().id().equals(callId));
    }

    /** Every call, also those that have ended and are still being written down. */
    List<CallState> all() {
        var states = new ArrayList<CallState>();
        map.forEach((key, value) -> {
            if (key.startsWith(ROOM)) {
                states.add(StoredCall.read(value));
            }
        });
        return states;
    }

    /** Puts a call into its room; false when the room has one, be it the same. */
    boolean open(CallState call) {
        String index = CALL + call.terms().id();
        // the index first: whoever sees the call must be able to find it by its id
        map.put(index, call.terms().roomId().toString());
        String there = map.putIfAbsent(ROOM + call.terms().roomId(), StoredCall.write(call));
        // after a restart all who were in a call bring it back at once: what one of them has opened is found by that
        // index
        if (there != null
                && !StoredCall.read(there).terms().id().equals(call.terms().id())) {
            map.remove(index);
        }
        return there == null;
    }

    /**
     * Moves a call on, again from the newest state whenever somebody else was quicker.
     *
     * @param rule gives the state after; called once a round, so it must not do anything but think
     */
    void move(UUID callId, UnaryOperator<CallState> rule) {
        for (int round = 0; round < ROUNDS; round++) {
            String roomId = map.get(CALL + callId);
            String before = roomId == null ? null : map.get(ROOM + roomId);
            if (before == null) {
                throw Problem.notFound("call");
            }
            CallState state = StoredCall.read(before);
            if (!state.terms().id().equals(callId)) {
                throw Problem.notFound("call");
            }
            CallState next = rule.apply(state);
            if (next.equals(state) || map.replace(ROOM + roomId, before, StoredCall.write(next))) {
                return;
            }
        }
        throw Problem.unavailable("Too many devices move this call at once.", Duration.ofSeconds(1));
    }

    /** Whether nobody has said so of that call, on any node. */
    boolean firstToFail(UUID callId, Instant now) {
        return map.putIfAbsent(FAILED + callId, Long.toString(now.getEpochSecond())) == null;
    }

    /** Removes what a node left behind that died between two steps of {@link #open} or {@link #close}, and failures long told. */
    void prune(Instant before) {
        long forgotten = before.minus(REMEMBERED).getEpochSecond();
        map.forEach((key, roomId) -> {
            if (key.startsWith(FAILED) && Long.parseLong(roomId) < forgotten) {
                map.remove(key, roomId);
            }
            if (key.startsWith(CALL)) {
                UUID callId = UUID.fromString(key.substring(CALL.length()));
                if (madeAt(callId).isBefore(before) && find(callId).isEmpty()) {
                    map.remove(key, roomId);
                }
            }
        });
    }

    /** The time in an id of version 7 (RFC 9562, section 5.7). */
    static Instant madeAt(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    /** Forgets a call that has ended, once it is written down. */
    void close(CallState.Ended ended) {
        map.remove(ROOM + ended.terms().roomId(), StoredCall.write(ended));
        map.remove(CALL + ended.terms().id());
    }
}
