package dev.parley.uploads;

import dev.parley.health.Vitals;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Prepares the store at the start where nobody else does: in the embedded mode, or when {@code parley.uploads.prepare} says so. It
 * happens beside the start and is tried again until it works: a store that is down does not keep people from talking.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StorePreparation {

    private static final Logger LOG = System.getLogger(StorePreparation.class.getName());
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    @Inject
    ObjectStore store;

    @Inject
    @ConfigProperty(name = "parley.mode", defaultValue = "production")
    String mode;

    @Inject
    @ConfigProperty(name = "parley.uploads.prepare")
    Optional<Boolean> wanted;

    /** Whose pages may write to the store from a browser. */
    @Inject
    @ConfigProperty(name = "parley.origins")
    Optional<List<String>> origins;

    /** Whether this is no place to come to while files cannot be shared. */
    @Inject
    @ConfigProperty(name = "parley.uploads.required", defaultValue = "false")
    boolean required;

    @Inject
    Vitals vitals;

    @Resource
    TimerService timers;

    private Duration pause = FIRST;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public StorePreparation() {}

    @PostConstruct
    void begin() {
        if (required) {
            vitals.needs("storage", store::reach);
        }
        if (store.configured() && wanted.orElse(mode.equals("embedded"))) {
            timers.createSingleActionTimer(0, new TimerConfig(null, false));
        }
    }

    @Timeout
    void attempt(Timer timer) {
        try {
            Set<String> pages = new LinkedHashSet<>(origins.orElse(List.of()));
            store.prepare(pages);
            LOG.log(Level.INFO, "The object store is ready for pages of {0}.", pages);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The object store is not ready: {0}", e.getMessage());
            timers.createSingleActionTimer(pause.toMillis(), new TimerConfig(null, false));
            pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        }
    }
}
