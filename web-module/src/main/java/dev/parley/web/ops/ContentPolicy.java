package dev.parley.web.ops;

import dev.parley.signin.OidcSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * The Content-Security-Policy of our pages: code and style from here only, never inline and never from a string (Trusted Types);
 * connections to our own socket, to the store where people's files are, and to the issuer where people sign in if there is one. Files are
 * fetched and then shown from memory. The client's tests run under the same policy: {@code docs/contract/content-security-policy.txt}.
 */
@ApplicationScoped
class ContentPolicy {

    /** A host may stand in a policy only if it can be nothing but a host. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(?::\\d{1,5})?|\\[[0-9A-Fa-f:]{2,45}](?::\\d{1,5})?");

    private String store = "";
    private String issuer = "";

    /** For the container's proxy. */
    ContentPolicy() {}

    @Inject
    ContentPolicy(Config config, OidcSettings oidc) {
        this(
                config.getOptionalValue("parley.uploads.azure.public-endpoint", String.class)
                        .or(() -> config.getOptionalValue("parley.uploads.azure.endpoint", String.class)),
                oidc.origins());
    }

    ContentPolicy(Optional<String> storeEndpoint, Set<String> issuers) {
        issuer = issuers.stream().map(ContentPolicy::origin).sorted().collect(Collectors.joining());
        store = storeEndpoint
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(ContentPolicy::origin)
                .orElse("");
    }

    private static String origin(String endpoint) {
        URI uri = URI.create(endpoint);
        if (uri.getScheme() == null
                || uri.getRawAuthority() == null
                || !HOST.matcher(uri.getRawAuthority()).matches()) {
            throw new IllegalArgumentException("This is not an http address that a policy can name: " + endpoint);
        }
        return " " + uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** @param host the request's, for browsers to whom 'self' is not also our WebSocket */
    String text(String host, boolean secure) {
        String socket = HOST.matcher(host).matches() ? (secure ? " wss://" : " ws://") + host : "";
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
                + "connect-src 'self'" + socket + store + issuer + "; "
                + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
                + "require-trusted-types-for 'script'; trusted-types 'none'";
    }
}
