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
 * @param keyLife {@code parley.token.key-life} (P90D): of a signing key, before the next one follows
 * @param own {@code parley.signin.own}: whether people sign in with a password of ours; only if no other issuer is configured
 *     ({@code mp.jwt.verify.issuer}), unless this says otherwise
 * @param registration {@code parley.registration.enabled} (false): whether strangers may open accounts
 * @param adminRole {@code parley.admin.role} (admin): the role, or group at the other issuer, of administrators
 */
public record SignInSettings(
        String issuer,
        Duration accessLife,
        Duration sessionLife,
        Duration keyLife,
        boolean own,
        boolean registration,
        String adminRole) {

    public SignInSettings {
        if (!accessLife.isPositive() || !sessionLife.isPositive()) {
            throw new IllegalArgumentException("parley.token.life and parley.session.life must be positive.");
        }
        if (keyLife.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("parley.token.key-life is an hour at least.");
        }
    }

    public static SignInSettings from(Config config) {
        return new SignInSettings(
                config.getOptionalValue("parley.token.issuer", String.class).orElse("urn:parley"),
                duration(config, "parley.token.life", Duration.ofMinutes(15)),
                duration(config, "parley.session.life", Duration.ofDays(30)),
                duration(config, "parley.token.key-life", Duration.ofDays(90)),
                config.getOptionalValue("parley.signin.own", Boolean.class)
                        .orElseGet(() -> config.getOptionalValue("mp.jwt.verify.issuer", String.class)
                                .isEmpty()),
                config.getOptionalValue("parley.registration.enabled", Boolean.class)
                        .orElse(false),
                config.getOptionalValue("parley.admin.role", String.class).orElse("admin"));
    }

    private static Duration duration(Config config, String name, Duration standard) {
        return config.getOptionalValue(name, String.class).map(Duration::parse).orElse(standard);
    }

    @ApplicationScoped
    static class Source {
        @Produces
        static SignInSettings settings(Config config) {
            return from(config);
        }
    }
}
