package dev.parley.calls;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as the replicated map keeps it: JSON text, so that nodes of two versions read each other. The same state is always the
 * same text, which is what makes compare-and-set on it sound. Instants are milliseconds since 1970.
 *
 * @param silent true when it rings nowhere; else absent
 * @param people absent while nobody has answered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredCall(
        UUID id,
        UUID roomId,
        boolean direct,
        UUID startedBy,
        String kind,
        long startedAt,
        @Nullable Long answeredAt,
        @Nullable Long endedAt,
        @Nullable EndReason endReason,
        List<StoredLeg> legs,
        @Nullable Boolean silent,
        @Nullable List<UUID> people) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredLeg(
            UUID id,
            UUID userId,
            UUID sessionId,
            @Nullable String socketId,
            long joinedAt,
            long leaseUntil,
            boolean audio,
            boolean video,
            boolean screen) {

        static StoredLeg of(Leg leg) {
            return new StoredLeg(
                    leg.id(),
                    leg.userId(),
                    leg.sessionId(),
                    leg.socketId(),
                    leg.joinedAt().toEpochMilli(),
                    leg.leaseUntil().toEpochMilli(),
                    leg.media().audio(),
                    leg.media().video(),
                    leg.media().screen());
        }

        Leg leg() {
            return new Leg(
                    id,
                    userId,
                    sessionId,
                    socketId,
                    Instant.ofEpochMilli(joinedAt),
                    Instant.ofEpochMilli(leaseUntil),
                    new Leg.Media(audio, video, screen));
        }
    }

    static String write(CallState state) {
        try {
            return JSON.writeValueAsString(of(state));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a call could not be written as JSON", impossible);
        }
    }

    static CallState read(String text) {
        try {
            return JSON.readValue(text, StoredCall.class).state();
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored call could not be read", broken);
        }
    }

    private static StoredCall of(CallState state) {
        return switch (state) {
            case CallState.Ringing ringing -> of(state, null, null, null, null);
            case CallState.Active active -> of(state, active.answeredAt(), null, null, active.people());
            case CallState.Ended ended ->
                of(state, ended.answeredAt(), ended.endedAt(), ended.reason(), ended.people());
        };
    }

    private static StoredCall of(
            CallState state,
            @Nullable Instant answeredAt,
            @Nullable Instant endedAt,
            @Nullable EndReason reason,
            @Nullable List<UUID> people) {
        var terms = state.terms();
        return new StoredCall(
                terms.id(),
                terms.roomId(),
                terms.direct(),
                terms.startedBy(),
                terms.kind().wire(),
                terms.startedAt().toEpochMilli(),
                answeredAt == null ? null : answeredAt.toEpochMilli(),
                endedAt == null ? null : endedAt.toEpochMilli(),
                reason,
                state.legs().stream().map(StoredLeg::of).toList(),
                terms.rings() ? null : Boolean.TRUE,
                people);
    }

    private CallState state() {
        var terms = new CallState.Terms(
                id,
                roomId,
                direct,
                startedBy,
                CallKind.of(kind),
                Instant.ofEpochMilli(startedAt),
                !Boolean.TRUE.equals(silent));
        List<UUID> known = people == null ? List.of() : people;
        Instant answered = answeredAt == null ? null : Instant.ofEpochMilli(answeredAt);
        if (endedAt != null && endReason != null) {
            return new CallState.Ended(terms, answered, Instant.ofEpochMilli(endedAt), endReason, known);
        }
        var present = legs.stream().map(StoredLeg::leg).toList();
        return answered == null
                ? new CallState.Ringing(terms, present.getFirst())
                : new CallState.Active(terms, answered, present, known);
    }
}
