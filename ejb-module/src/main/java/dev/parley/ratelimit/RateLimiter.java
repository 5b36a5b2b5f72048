package dev.parley.ratelimit;

import dev.parley.cluster.Replicated;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;

/** Counts. Most say {@link RateLimited}; this is for those whose key is no person. */
@ApplicationScoped
public class RateLimiter {

    /** Calls between two looks at buckets that are full again. */
    private static final int SWEEP_EVERY = 4096;

    /** Buckets of this node at most, some 20 MB; beyond, all start anew rather than the node run out of memory. */
    private static final int MOST = 200_000;

    private Map<Limit, Rate> rates;
    private Buckets own;
    private Buckets shared;
    private Clock clock;
    private final AtomicInteger calls = new AtomicInteger();

    /** For the container's proxy. */
    @SuppressWarnings("NullAway.Init")
    RateLimiter() {}

    @Inject
    public RateLimiter(
            @Replicated(Replicated.LIMITS) ConcurrentMap<String, String> shared, Clock clock, Config config) {
        this(shared, clock, configured(config));
    }

    public RateLimiter(ConcurrentMap<String, String> shared, Clock clock, Map<Limit, Rate> rates) {
        this.rates = rates;
        this.own = new Buckets(new ConcurrentHashMap<>());
        this.shared = new Buckets(shared);
        this.clock = clock;
    }

    private static Map<Limit, Rate> configured(Config config) {
        Map<Limit, Rate> rates = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            Optional<String> text = config.getOptionalValue(limit.property(), String.class);
            rates.put(limit, text.map(Rate::parse).orElseGet(limit::standard));
        }
        return rates;
    }

    /** @throws Problem {@code rate_limited} with the time to wait */
    public void check(Limit limit, String key) {
        Duration wait = take(limit, key);
        if (wait.isPositive()) {
            throw Problem.rateLimited("That was more than " + rate(limit) + ".", wait);
        }
    }

    /** @return zero when it may be, else the time to wait */
    public Duration take(Limit limit, String key) {
        long now = clock.millis() * 1000;
        if (calls.incrementAndGet() % SWEEP_EVERY == 0) {
            own.sweep(now);
            if (own.size() > MOST) {
                own.clear();
            }
        }
        Buckets buckets = switch (limit.reach()) {
            case NODE -> own;
            case CLUSTER -> shared;
        };
        return buckets.take(limit.name() + ' ' + key, rate(limit), now);
    }

    private Rate rate(Limit limit) {
        return rates.getOrDefault(limit, limit.standard());
    }
}
