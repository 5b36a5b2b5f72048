package dev.parley.ratelimit;

import dev.parley.cluster.Replicated;
import dev.parley.identity.Caller;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** Counts. Most say {@link RateLimited}; this is for those whose key is no person. */
@ApplicationScoped
public class RateLimiter {

    /** Calls between two looks at buckets that are full again. */
    private static final int SWEEP_EVERY = 4096;

    /** Buckets of this node at most, some 20 MB; beyond, all start anew rather than the node run out of memory. */
    private static final int MOST = 200_000;

    private Map<Limit, Rate> rates;
    private Map<String, Map<Limit, Rate>> ofRoles = Map.of();
    private final Map<Limit, LongAdder> refused = counters();
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
        this(shared, clock, name -> config.getOptionalValue(name, String.class));
    }

    /** @param settings by their names */
    RateLimiter(ConcurrentMap<String, String> shared, Clock clock, Function<String, Optional<String>> settings) {
        this(shared, clock, configured(settings));
        this.ofRoles = configuredRoles(settings);
    }

    public RateLimiter(ConcurrentMap<String, String> shared, Clock clock, Map<Limit, Rate> rates) {
        this.rates = rates;
        this.own = new Buckets(new ConcurrentHashMap<>());
        this.shared = new Buckets(shared);
        this.clock = clock;
    }

    private static Map<Limit, Rate> configured(Function<String, Optional<String>> settings) {
        Map<Limit, Rate> rates = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            Optional<String> text = settings.apply(limit.property());
            rates.put(limit, text.map(Rate::parse).orElseGet(limit::standard));
        }
        return rates;
    }

    /** The roles that {@code parley.limits.roles} names have rates of their own, {@code parley.limits.<name>.<role>}. */
    private static Map<String, Map<Limit, Rate>> configuredRoles(Function<String, Optional<String>> settings) {
        Map<String, Map<Limit, Rate>> roles = new LinkedHashMap<>();
        for (String name : settings.apply("parley.limits.roles").orElse("").split(",", -1)) {
            String role = name.strip();
            Map<Limit, Rate> rates = new EnumMap<>(Limit.class);
            for (Limit limit : role.isEmpty() ? new Limit[0] : Limit.values()) {
                settings.apply(limit.property() + '.' + role).ifPresent(text -> rates.put(limit, Rate.parse(text)));
            }
            if (!rates.isEmpty()) {
                roles.put(role, rates);
            }
        }
        return roles;
    }

    private static Map<Limit, LongAdder> counters() {
        Map<Limit, LongAdder> counters = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            counters.put(limit, new LongAdder());
        }
        return counters;
    }

    /** How often this node refused something for that limit since it started. */
    public long refused(Limit limit) {
        return Objects.requireNonNull(refused.get(limit)).sum();
    }

    /** @throws Problem {@code rate_limited} with the time to wait */
    public void check(Limit limit, String key) {
        check(limit, key, rate(limit));
    }

    /** For who has roles: the first that has a rate of its own counts. */
    public void check(Limit limit, Caller caller) {
        check(limit, caller.userId().toString(), caller.roles());
    }

    /** For what is counted by something else of somebody who has roles. */
    public void check(Limit limit, String key, Set<String> roles) {
        check(limit, key, rate(limit, roles));
    }

    private void check(Limit limit, String key, Rate rate) {
        Duration wait = take(limit, key, rate);
        if (wait.isPositive()) {
            throw Problem.rateLimited("That was more than " + rate + ".", wait);
        }
    }

    /** @return zero when it may be, else the time to wait */
    public Duration take(Limit limit, String key) {
        return take(limit, key, rate(limit));
    }

    private Duration take(Limit limit, String key, Rate rate) {
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
        Duration wait = buckets.take(limit.name() + ' ' + key, rate, now);
        if (wait.isPositive()) {
            Objects.requireNonNull(refused.get(limit)).increment();
        }
        return wait;
    }

    private Rate rate(Limit limit, Set<String> roles) {
        return ofRoles.entrySet().stream()
                .filter(role -> roles.contains(role.getKey()))
                .map(role -> role.getValue().get(limit))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> rate(limit));
    }

    private Rate rate(Limit limit) {
        return rates.getOrDefault(limit, limit.standard());
    }
}
