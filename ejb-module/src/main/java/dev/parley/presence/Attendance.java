package dev.parley.presence;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.presence.Presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a person's connections, on all nodes: the value that the replicated map keeps, as JSON. Immutable; what a
 * person is shown as follows from the leases that live and is never counted up or down. Times are milliseconds since 1970.
 *
 * @param leases one of each socket, by its id
 * @param goneAt when the last lease ended, while there is none
 * @param announced what others were last told
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Attendance(
        Map<String, Lease> leases,
        @Nullable Long goneAt,
        boolean inCall,
        @Nullable Choice choice,
        @Nullable Shown announced) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static final Attendance NOBODY = new Attendance(Map.of(), null, false, null, null);

    /**
     * A connection.
     *
     * @param node where it ends; it lives as long as that node does
     * @param activeAt when the person last did something there
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Lease(String node, long activeAt) {}

    /** What a person chose to be shown as, and until when. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Choice(
            Status status, @Nullable String text, @Nullable Long until) {}

    /** What others see. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            Status status, @Nullable String text, @Nullable Long until) {

        static final Shown OFFLINE = new Shown(Status.OFFLINE, null, null);
    }

    Attendance {
        leases = Map.copyOf(leases);
    }

    static Attendance read(@Nullable String json) {
        try {
            return json == null ? NOBODY : JSON.readValue(json, Attendance.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The presence map holds what no version of Parley wrote.", broken);
        }
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Attendance with(String socketId, Lease lease) {
        Map<String, Lease> more = new HashMap<>(leases);
        more.put(socketId, lease);
        return new Attendance(more, null, inCall, choice, announced);
    }

    Attendance without(String socketId, Instant now) {
        return kept((id, lease) -> !id.equals(socketId), now);
    }

    Attendance without(Predicate<String> deadNode, Instant now) {
        return kept((id, lease) -> !deadNode.test(lease.node()), now);
    }

    private Attendance kept(java.util.function.BiPredicate<String, Lease> wanted, Instant now) {
        Map<String, Lease> fewer = new HashMap<>(leases);
        fewer.entrySet().removeIf(entry -> !wanted.test(entry.getKey(), entry.getValue()));
        if (fewer.size() == leases.size()) {
            return this;
        }
        return new Attendance(
                fewer, fewer.isEmpty() ? Long.valueOf(now.toEpochMilli()) : null, inCall, choice, announced);
    }

    Attendance active(String socketId, Instant now) {
        Lease lease = leases.get(socketId);
        return lease == null ? this : with(socketId, new Lease(lease.node(), now.toEpochMilli()));
    }

    Attendance choosing(@Nullable Choice chosen) {
        return new Attendance(leases, goneAt, inCall, chosen, announced);
    }

    Attendance inCall(boolean now) {
        return new Attendance(leases, goneAt, now, choice, announced);
    }

    Attendance announcing(Shown shown) {
        return new Attendance(leases, goneAt, inCall, choice, shown);
    }

    /** What others should see now. */
    Shown shown(Instant now, PresenceSettings settings) {
        if (leases.isEmpty()) {
            boolean gone =
                    goneAt == null || !now.isBefore(Instant.ofEpochMilli(goneAt).plus(settings.grace()));
            return gone || announced == null ? Shown.OFFLINE : announced;
        }
        Choice chosen = choice == null || expired(choice, now) ? null : choice;
        String text = chosen == null ? null : chosen.text();
        Long until = chosen == null ? null : chosen.until();
        if (chosen != null && chosen.status() != Status.ONLINE) {
            return new Shown(chosen.status(), text, until);
        }
        return new Shown(inCall ? Status.IN_CALL : ofDevices(now, settings.idle()), text, until);
    }

    private static boolean expired(Choice choice, Instant now) {
        return choice.until() != null && choice.until() <= now.toEpochMilli();
    }

    /** The best of the devices: one that is used is enough. */
    private Status ofDevices(Instant now, Duration idle) {
        long since = now.minus(idle).toEpochMilli();
        return leases.values().stream().anyMatch(lease -> lease.activeAt() > since) ? Status.ONLINE : Status.AWAY;
    }

    /** Without when somebody was last there, which is not for everybody to know. */
    Presence presence(UUID userId, Instant now, PresenceSettings settings) {
        Shown shown = shown(now, settings);
        Instant until = shown.until() == null ? null : Instant.ofEpochMilli(shown.until());
        return new Presence(userId, shown.status(), shown.text(), until, null);
    }
}
