package dev.parley.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * The OpenID Connect issuer at which people sign in, where one is configured.
 *
 * @param client what browsers need to know of it; empty where nobody signs in elsewhere
 * @param origins the hosts that browsers speak to on the way: the issuer's, and those of {@code parley.oidc.origins}
 */
public record OidcSettings(Optional<Client> client, Set<String> origins) {

    public OidcSettings {
        origins = Set.copyOf(origins);
    }

    /**
     * The wire's shape.
     *
     * @param issuer {@code mp.jwt.verify.issuer}; its metadata are at {@code /.well-known/openid-configuration} below it
     * @param clientId {@code parley.oidc.client-id} (parley): a public client
     * @param scopes {@code parley.oidc.scopes} (openid profile)
     */
    public record Client(String issuer, String clientId, String scopes) {}

    public static OidcSettings from(Config config) {
        return config.getOptionalValue("mp.jwt.verify.issuer", String.class)
                .map(issuer -> of(issuer, config))
                .orElseGet(() -> new OidcSettings(Optional.empty(), Set.of()));
    }

    private static OidcSettings of(String issuer, Config config) {
        Set<String> origins = new LinkedHashSet<>();
        origins.add(origin(issuer));
        Arrays.stream(config.getOptionalValue("parley.oidc.origins", String.class)
                        .orElse("")
                        .split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(OidcSettings::origin)
                .forEach(origins::add);
        return new OidcSettings(
                Optional.of(new Client(
                        issuer,
                        config.getOptionalValue("parley.oidc.client-id", String.class)
                                .orElse("parley"),
                        config.getOptionalValue("parley.oidc.scopes", String.class)
                                .orElse("openid profile"))),
                origins);
    }

    private static String origin(String address) {
        URI uri = URI.create(address);
        if (uri.getScheme() == null || !uri.getScheme().startsWith("http") || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("An issuer of OpenID Connect has an http address, unlike " + address);
        }
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    @ApplicationScoped
    static class Source {
        @Produces
        static OidcSettings settings(Config config) {
            return from(config);
        }
    }
}
