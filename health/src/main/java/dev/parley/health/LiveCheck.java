package dev.parley.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** {@code /health/live}: whether this server should be left running. */
@Liveness
@ApplicationScoped
class LiveCheck implements HealthCheck {

    @Inject
    Vitals vitals;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    LiveCheck() {}

    @Override
    public HealthCheckResponse call() {
        return vitals.alive();
    }
}
