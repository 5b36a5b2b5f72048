package dev.parley.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A call between its start and its end; immutable. Instants are stored, so that any node can tell what is overdue. */
sealed interface CallState {

    Terms terms();

    List<Leg> legs();

    Call call();

    /**
     * What never changes.
     *
     * @param direct a call of two people, which ends when one of them leaves
     * @param rings false for a call that its room is only told of: whoever likes joins, and nobody misses it
     */
    record Terms(
            UUID id, UUID roomId, boolean direct, UUID startedBy, CallKind kind, Instant startedAt, boolean rings) {

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

    /**
     * Somebody has, or it rings nowhere.
     *
     * @param people who is or was in it, in the order they came; the first {@value #PEOPLE}
     */
    record Active(Terms terms, Instant answeredAt, List<Leg> legs, List<UUID> people) implements CallState {

        /** More than a mesh carries at once, and as many as anybody reads the names of. */
        static final int PEOPLE = 50;

        public Active {
            legs = List.copyOf(legs);
            people = List.copyOf(people);
        }

        /** The same call with these legs. */
        Active with(List<Leg> others) {
            var all = new LinkedHashSet<>(people);
            others.stream().map(Leg::userId).forEach(all::add);
            return new Active(
                    terms, answeredAt, others, all.stream().limit(PEOPLE).toList());
        }

        @Override
        public Call call() {
            return terms.call("active", legs, null, null);
        }
    }

    /**
     * Over, and nothing moves it any more.
     *
     * @param people who was in it, as of {@link Active}; nobody when nobody answered
     */
    record Ended(Terms terms, @Nullable Instant answeredAt, Instant endedAt, EndReason reason, List<UUID> people)
            implements CallState {

        public Ended {
            people = List.copyOf(people);
        }

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
