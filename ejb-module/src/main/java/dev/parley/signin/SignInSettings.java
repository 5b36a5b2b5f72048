package dev.parley.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * What an administrator decides about signing in.
 *
 * @param issuer {@code parley.token.issuer}, the {@code iss} of our tokens
 * @param accessLife {@code parley.token.life} (PT15M): of an access token
 * @param sessionLife {@code parley.session.life} (P30D): of a sign-in that is not used
 * @param registration {@code parley.registration.enabled} (false): whether strangers may open accounts
 */
public record SignInSettings(String issuer, Duration accessLife, Duration sessionLife, boolean registration) {

    public SignInSettings {
        if (!accessLife.isPositive() || !sessionLife.isPositive()) {
            throw new IllegalArgumentException("parley.token.life and parley.session.life must be positive.");
        }
    }

    static SignInSettings from(Config config) {
        return new SignInSettings(
                config.getOptionalValue("parley.token.issuer", String.class).orElse("urn:parley"),
                config.getOptionalValue("parley.token.life", String.class)
                        .map(Duration::parse)
                        .orElse(Duration.ofMinutes(15)),
                config.getOptionalValue("parley.session.life", String.class)
                        .map(Duration::parse)
                        .orElse(Duration.ofDays(30)),
                config.getOptionalValue("parley.registration.enabled", Boolean.class)
                        .orElse(false));
    }

    @ApplicationScoped
    static class Source {
        @Produces
        static SignInSettings settings(Config config) {
            return from(config);
        }
    }
}
