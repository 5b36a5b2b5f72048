package dev.parley.presence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How patient presence is.
 *
 * @param grace {@code parley.presence.grace} (PT10S): how long somebody may be without a connection before they are offline; a
 *     reload takes less
 * @param idle {@code parley.presence.idle} (PT5M): how long without activity on any device before they are away
 * @param enabled {@code parley.presence.enabled} (true): otherwise everybody is {@code unknown} and nobody is told anything
 * @param lease {@code parley.presence.lease} (PT20S): how long a node may be silent before its connections count as lost
 */
public record PresenceSettings(boolean enabled, Duration grace, Duration idle, Duration lease) {

    static PresenceSettings from(Config config) {
        return new PresenceSettings(
                config.getOptionalValue("parley.presence.enabled", Boolean.class)
                        .orElse(true),
                duration(config, "parley.presence.grace", Duration.ofSeconds(10)),
                duration(config, "parley.presence.idle", Duration.ofMinutes(5)),
                duration(config, "parley.presence.lease", Duration.ofSeconds(20)));
    }

    private static Duration duration(Config config, String name, Duration standard) {
        return config.getOptionalValue(name, String.class).map(Duration::parse).orElse(standard);
    }

    /** A quarter of the lease: three signs of life may be lost. */
    Duration heartbeat() {
        return lease.dividedBy(4);
    }

    @ApplicationScoped
    static class Source {
        @Produces
        static PresenceSettings settings(Config config) {
            return from(config);
        }
    }
}
