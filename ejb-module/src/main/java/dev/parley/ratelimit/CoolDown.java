package dev.parley.ratelimit;

import dev.parley.cluster.Clocks;
import dev.parley.cluster.Replicated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.config.Config;

/** People who went on regardless of their limits, and for how long they stay outside: {@code parley.limits.cool-down} (PT30S). */
@ApplicationScoped
public class CoolDown {

    private ConcurrentMap<String, String> shared;
    private Clock clock;
    private Duration length;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway.Init")
    CoolDown() {}

    @Inject
    CoolDown(@Replicated(Replicated.LIMITS) ConcurrentMap<String, String> shared, Clock clock, Config config) {
        this(
                shared,
                clock,
                config.getOptionalValue("parley.limits.cool-down", String.class)
                        .map(Duration::parse)
                        .orElse(Duration.ofSeconds(30)));
    }

    public CoolDown(ConcurrentMap<String, String> shared, Clock clock, Duration length) {
        this.shared = shared;
        this.clock = clock;
        this.length = length;
    }

    /** @return how long it takes */
    public Duration begin(UUID userId) {
        shared.put(key(userId), Long.toString(clock.millis() + length.toMillis()));
        return length;
    }

    /** @return zero for those who may come in */
    public Duration left(UUID userId) {
        String until = shared.get(key(userId));
        if (until == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.ofMillis(Long.parseLong(until) - clock.millis());
        boolean clockWasSetBack = left.compareTo(length.plus(Clocks.SKEW)) > 0;
        if (left.isPositive() && !clockWasSetBack) {
            return left;
        }
        shared.remove(key(userId), until);
        return Duration.ZERO;
    }

    private static String key(UUID userId) {
        return "cool " + userId;
    }
}
