package dev.parley.calls;

import dev.parley.calls.CallLog.EndedCall;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Calls that are over, and how good they were, in the database. */
@Stateless
public class CallArchive {

    /** Reports that one call may have: its legs, and those that came back under a new one. */
    private static final int REPORTS = 32;

    @PersistenceContext(unitName = "parley")
    EntityManager entities;

    @Inject
    CallLog log;

    @Inject
    Clock clock;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public CallArchive() {}

    /** Writes a call down, and its message into its room, both or none; a call that is written down already stays as it is. */
    public void write(EndedCall call) {
        if (entities.find(CallRecord.class, call.callId()) != null) {
            return;
        }
        entities.persist(new CallRecord(call));
        // a node that does the same at the same time must fail here, before the message
        entities.flush();
        log.callEnded(call);
    }

    /** The room of a call that is over. */
    public Optional<UUID> roomOf(UUID callId) {
        return Optional.ofNullable(entities.find(CallRecord.class, callId)).map(call -> call.roomId);
    }

    /**
     * The newest calls, each with the reports that came.
     *
     * @param before only calls that began earlier
     */
    public List<RecordedCall> recent(Instant before, int limit) {
        List<CallRecord> calls = entities.createQuery(
                        "select c from CallRecord c where c.startedAt < :before order by c.startedAt desc, c.id desc",
                        CallRecord.class)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
        if (calls.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<CallReport>> reports = entities
                .createQuery(
                        "select r from CallReport r where r.callId in :calls order by r.reportedAt, r.legId",
                        CallReport.class)
                .setParameter("calls", calls.stream().map(call -> call.id).toList())
                .getResultList()
                .stream()
                .collect(Collectors.groupingBy(report -> report.callId));
        return calls.stream()
                .map(call -> call.recorded(reports.getOrDefault(call.id, List.of())))
                .toList();
    }

    /**
     * @param stats JSON text of at most {@link CallService#REPORT_LENGTH} characters
     * @return whether it is the leg's first one
     */
    public boolean report(UUID callId, UUID legId, UUID userId, String stats) {
        var report = entities.find(CallReport.class, new CallReport.Key(callId, legId));
        if (report == null) {
            long reports = entities.createQuery("select count(r) from CallReport r where r.callId = :call", Long.class)
                    .setParameter("call", callId)
                    .getSingleResult();
            if (reports >= REPORTS) {
                throw Problem.of(Code.CONFLICT, "This call has " + REPORTS + " reports already.");
            }
            entities.persist(new CallReport(callId, legId, userId, clock.instant(), stats));
            return true;
        }
        if (!report.accountId.equals(userId)) {
            throw Problem.notFound("leg");
        }
        report.stats = stats;
        report.reportedAt = clock.instant();
        return false;
    }
}
