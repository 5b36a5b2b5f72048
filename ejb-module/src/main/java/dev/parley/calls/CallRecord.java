package dev.parley.calls;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A call that is over. */
@Entity
@Table(name = "call_record")
class CallRecord {

    @Id
    UUID id;

    @Column(name = "room_id")
    UUID roomId;

    @Column(name = "started_by")
    UUID startedBy;

    String kind;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "answered_at")
    @Nullable
    Instant answeredAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(name = "end_reason")
    String endReason;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    CallRecord() {}

    CallRecord(CallLog.EndedCall call) {
        this.id = call.callId();
        this.roomId = call.roomId();
        this.startedBy = call.startedBy();
        this.kind = call.kind().wire();
        this.startedAt = call.startedAt();
        this.answeredAt = call.answeredAt();
        this.endedAt = call.endedAt();
        this.endReason = call.reason().wire();
    }

    RecordedCall recorded(List<CallReport> reports) {
        return new RecordedCall(
                id,
                roomId,
                startedBy,
                kind,
                startedAt,
                answeredAt,
                endedAt,
                endReason,
                reports.stream().map(CallReport::recorded).toList());
    }
}
