package dev.parley.calls;

import dev.parley.presence.PresenceService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Keeps presence told of who is talking: set by an answer and cleared by the end of a leg, however that came. */
@Dependent
class Talking {

    private final LiveCalls live;
    private final BiConsumer<UUID, Boolean> inCall;

    @Inject
    Talking(LiveCalls live, PresenceService presence) {
        this(live, presence::inCall);
    }

    /** @param inCall is told whether a person is in a call */
    Talking(LiveCalls live, BiConsumer<UUID, Boolean> inCall) {
        this.live = live;
        this.inCall = inCall;
    }

    void changed(CallState before, CallState after) {
        var were = people(before);
        var are = people(after);
        if (were.equals(are)) {
            return;
        }
        for (UUID came : without(are, were)) {
            inCall.accept(came, true);
        }
        for (UUID went : without(were, are)) {
            // somebody may take part in two calls
            inCall.accept(
                    went, live.all().stream().anyMatch(call -> people(call).contains(went)));
        }
    }

    /** For whoever came back after presence had given them up. */
    void stillIn(UUID userId, CallState state) {
        if (state instanceof CallState.Active) {
            inCall.accept(userId, true);
        }
    }

    private static Set<UUID> people(CallState state) {
        return switch (state) {
            case CallState.Active active ->
                active.legs().stream().map(Leg::userId).collect(Collectors.toSet());
            case CallState.Ringing ringing -> Set.of();
            case CallState.Ended ended -> Set.of();
        };
    }

    private static Set<UUID> without(Set<UUID> people, Set<UUID> others) {
        var rest = new HashSet<>(people);
        rest.removeAll(others);
        return rest;
    }
}
