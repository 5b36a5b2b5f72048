package dev.parley.web.ops;

import dev.parley.calls.CallFact;
import dev.parley.calls.CallMeasured;
import dev.parley.calls.CallQuality;
import dev.parley.chat.ChatFact;
import dev.parley.presence.PresenceFact;
import dev.parley.ratelimit.Limit;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.signin.SignInFact;
import dev.parley.socketio.SocketServer;
import dev.parley.web.wire.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What administrators watch, where the server has Micrometer: {@code parley.sockets}, {@code parley.messages}, {@code
 * parley.people.came}, {@code parley.people.went}, {@code parley.signins.revoked}, {@code parley.limited}: what was refused since
 * the start, by limit, {@code parley.unavailable}: what the database did not answer, and {@code parley.calls.*}: how calls ended and
 * how good they were. WildFly's registry exports only what is asked of
 * it directly; meters registered by builders never appear.
 */
@ApplicationScoped
class Counters {

    @Inject
    Instance<MeterRegistry> registry;

    @Inject
    RateLimiter limiter;

    @Inject
    SocketServer server;

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        measured(meters -> meters.gauge(
                "parley.sockets", server, counted -> counted.of("/").sockets().size()));
        measured(meters -> meters.gauge("parley.unavailable", this, counters -> Failures.outages()));
        for (Limit limit : Limit.values()) {
            measured(meters -> meters.gauge(
                    "parley.limited",
                    Tags.of("limit", limit.name().toLowerCase(Locale.ROOT)),
                    limiter,
                    counted -> counted.refused(limit)));
        }
    }

    void posted(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChatFact.MessagePosted fact) {
        count("parley.messages");
    }

    void came(@Observes(during = TransactionPhase.AFTER_SUCCESS) PresenceFact.CameOnline fact) {
        count("parley.people.came");
    }

    void went(@Observes(during = TransactionPhase.AFTER_SUCCESS) PresenceFact.WentOffline fact) {
        count("parley.people.went");
    }

    void revoked(@Observes(during = TransactionPhase.AFTER_SUCCESS) SignInFact.Revoked fact) {
        count("parley.signins.revoked");
    }

    void ended(@Observes CallFact.Ended fact) {
        measured(meters -> meters.counter(
                        "parley.calls.ended", "reason", fact.reason().wire())
                .increment());
    }

    /** How calls were for those who talked, by the account of their devices. */
    void reported(@Observes(during = TransactionPhase.AFTER_SUCCESS) CallMeasured fact) {
        var quality = fact.quality();
        measured(meters -> {
            if (quality.failure() != null) {
                meters.counter("parley.calls.failures", "cause", quality.failure())
                        .increment();
            }
            if (quality.setupMs() != null) {
                meters.timer("parley.calls.setup").record(Duration.ofMillis(quality.setupMs()));
            }
            for (CallQuality.Link link : quality.links()) {
                meters.counter("parley.calls.paths", "path", link.path(), "protocol", link.protocol())
                        .increment();
                meters.counter("parley.calls.rungs", "lowest", link.lowestRung())
                        .increment();
                meters.counter("parley.calls.freezes").increment(link.freezes());
                if (link.rttMs() != null) {
                    meters.timer("parley.calls.rtt").record(Duration.ofMillis(link.rttMs()));
                }
                if (link.loss() != null) {
                    meters.summary("parley.calls.loss").record(link.loss());
                }
                if (link.concealment() != null) {
                    meters.summary("parley.calls.concealment").record(link.concealment());
                }
            }
        });
    }

    private void count(String name) {
        measured(meters -> meters.counter(name).increment());
    }

    private void measured(Consumer<MeterRegistry> measure) {
        if (registry.isResolvable()) {
            measure.accept(registry.get());
        }
    }
}
