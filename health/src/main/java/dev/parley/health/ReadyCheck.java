package dev.parley.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** {@code /health/ready}: whether requests may come here. */
@Readiness
@ApplicationScoped
class ReadyCheck implements HealthCheck {

    @Inject
    Vitals vitals;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    ReadyCheck() {}

    @Override
    public HealthCheckResponse call() {
        return vitals.ready();
    }
}
