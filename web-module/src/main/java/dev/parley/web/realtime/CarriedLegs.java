package dev.parley.web.realtime;

import dev.parley.problem.Problem;
import dev.parley.socketio.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The legs of calls that one socket carries, and how many candidates it has sent for them. */
final class CarriedLegs {

    /** Of one description, to one other leg: several times what a browser with many interfaces finds. */
    private static final int CANDIDATES = 100;

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Map<UUID, UUID> legsByCall = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> candidatesByReceiver = new ConcurrentHashMap<>();

    /** Those of that socket; its handlers run one at a time. */
    static CarriedLegs of(Socket socket) {
        return socket.attribute(CarriedLegs.class).orElseGet(() -> {
            var legs = new CarriedLegs();
            socket.attribute(CarriedLegs.class, legs);
            return legs;
        });
    }

    void carry(UUID callId, UUID legId) {
        UUID before = legsByCall.put(callId, legId);
        if (!legId.equals(before)) {
            candidatesByReceiver.clear();
        }
    }

    void drop(UUID callId) {
        legsByCall.remove(callId);
        candidatesByReceiver.clear();
    }

    Set<UUID> callIds() {
        return Set.copyOf(legsByCall.keySet());
    }

    /** @throws Problem {@code rate_limited} for one more than is allowed since the last description */
    void countCandidate(UUID toLegId) {
        if (candidatesByReceiver.merge(toLegId, 1, Integer::sum) > CANDIDATES) {
            throw Problem.rateLimited("A leg sends another " + CANDIDATES + " candidates at most.", PAUSE);
        }
    }

    /** A new description begins a new generation of candidates. */
    void forgetCandidates(UUID toLegId) {
        candidatesByReceiver.remove(toLegId);
    }
}
