package dev.parley.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** What the parts of the application need and live by; they say so when they start. */
@ApplicationScoped
public class Vitals {

    private final Map<String, Vital> needed = new ConcurrentSkipListMap<>();
    private final Map<String, Vital> lifelines = new ConcurrentSkipListMap<>();

    /** Without it nobody should be sent here; it may come back by itself. */
    public void needs(String name, Vital vital) {
        needed.put(name, vital);
    }

    /** Without it only a restart helps. */
    public void livesBy(String name, Vital vital) {
        lifelines.put(name, vital);
    }

    /** An application that has not said yet what it needs has not started. */
    HealthCheckResponse ready() {
        return looked("parley is ready", needed, !needed.isEmpty());
    }

    HealthCheckResponse alive() {
        return looked("parley is alive", lifelines, true);
    }

    private static HealthCheckResponse looked(String name, Map<String, Vital> vitals, boolean otherwise) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name);
        boolean well = otherwise;
        for (Map.Entry<String, Vital> vital : vitals.entrySet()) {
            String state = state(vital.getValue());
            well &= state.equals("up");
            response.withData(vital.getKey(), state);
        }
        return response.status(well).build();
    }

    private static String state(Vital vital) {
        try {
            vital.look();
            return "up";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (Exception ill) {
            // its message may name hosts and accounts, and whoever asks has not signed in
            return ill.getClass().getSimpleName();
        }
    }
}
