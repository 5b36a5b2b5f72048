package dev.parley.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A call between its start and its end; immutable. Instants are stored, so that any node can tell what is overdue. */
sealed interface CallState {

    Terms terms();

    List<Leg> legs();

    Call call();

    /** What never changes. {@code direct}: a call of two people, which ends when one of them leaves. */
    record Terms(UUID id, UUID roomId, boolean direct, UUID startedBy, CallKind kind, Instant startedAt) {

        static final Duration RING = Duration.ofSeconds(45);

        Instant ringsUntil() {
            return startedAt.plus(RING);
        }

        private Call call(String state, List<Leg> legs, @Nullable Instant endedAt, @Nullable EndReason reason) {
            var participants = legs.stream().map(Leg::participant).toList();
            return new Call(id, roomId, startedBy, kind, state, participants, startedAt, endedAt, reason);
        }
    }

    /** Nobody has answered yet. */
    record Ringing(Terms terms, Leg caller) implements CallState {

        @Override
        public List<Leg> legs() {
            return List.of(caller);
        }

        @Override
        public Call call() {
            return terms.call("ringing", legs(), null, null);
        }
    }

    /** Somebody has. */
    record Active(Terms terms, Instant answeredAt, List<Leg> legs) implements CallState {

        public Active {
            legs = List.copyOf(legs);
        }

        @Override
        public Call call() {
            return terms.call("active", legs, null, null);
        }
    }

    /** Over, and nothing moves it any more. */
    record Ended(Terms terms, @Nullable Instant answeredAt, Instant endedAt, EndReason reason) implements CallState {

        @Override
        public List<Leg> legs() {
            return List.of();
        }

        @Override
        public Call call() {
            return terms.call("ended", legs(), endedAt, reason);
        }
    }
}
