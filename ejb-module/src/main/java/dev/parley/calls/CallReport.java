package dev.parley.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/** What one device measured of a call; the newest report of a leg replaces the one before. */
@Entity
@Table(name = "call_report")
@IdClass(CallReport.Key.class)
class CallReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Id
    @Column(name = "call_id")
    UUID callId;

    @Id
    @Column(name = "leg_id")
    UUID legId;

    @Column(name = "account_id")
    UUID accountId;

    @Column(name = "reported_at")
    Instant reportedAt;

    /** JSON text. */
    String stats;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    CallReport() {}

    CallReport(UUID callId, UUID legId, UUID accountId, Instant reportedAt, String stats) {
        this.callId = callId;
        this.legId = legId;
        this.accountId = accountId;
        this.reportedAt = reportedAt;
        this.stats = stats;
    }

    RecordedCall.Report recorded() {
        return new RecordedCall.Report(legId, accountId, reportedAt, tree(stats));
    }

    /** @throws IllegalStateException when it is no JSON */
    static JsonNode tree(String stats) {
        try {
            return JSON.readTree(stats);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a report is no JSON", broken);
        }
    }

    record Key(UUID callId, UUID legId) implements Serializable {}
}
