package dev.parley.calls;

import dev.parley.calls.CallLog.EndedCall;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

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

    /** @param stats JSON text of at most {@link CallService#REPORT_LENGTH} characters */
    public void report(UUID callId, UUID legId, UUID userId, String stats) {
        var report = entities.find(CallReport.class, new CallReport.Key(callId, legId));
        if (report == null) {
            long reports = entities.createQuery("select count(r) from CallReport r where r.callId = :call", Long.class)
                    .setParameter("call", callId)
                    .getSingleResult();
            if (reports >= REPORTS) {
                throw Problem.of(Code.CONFLICT, "This call has " + REPORTS + " reports already.");
            }
            entities.persist(new CallReport(callId, legId, userId, clock.instant(), stats));
        } else if (report.accountId.equals(userId)) {
            report.stats = stats;
            report.reportedAt = clock.instant();
        } else {
            throw Problem.notFound("leg");
        }
    }
}
