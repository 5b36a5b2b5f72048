package dev.parley.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** {@code @Inject Clock}: UTC in whole milliseconds, which is what the database keeps and the wire shows. */
@ApplicationScoped
class Time {

    @Produces
    static Clock clock() {
        return Clock.tickMillis(java.time.ZoneOffset.UTC);
    }
}
