package dev.parley.calls;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which servers help two devices to find a path to each other. Credentials for TURN are made for one person and a short time, from a
 * secret shared with the relay (the scheme of coturn's {@code use-auth-secret}, draft-uberti-behave-turn-rest): the username is the
 * second it expires and the person, the password is base64(HMAC-SHA1(secret, username)). Nothing configured gives an empty list.
 */
@Dependent
class IceServers {

    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** Characters of a secret that nobody guesses from the credentials, which everybody who may call gets: 128 bits in hexadecimal. */
    private static final int LONG_ENOUGH = 32;

    private final Clock clock;
    private final List<String> stunUrls;
    private final List<String> turnUrls;
    private final String secret;
    private final Duration ttl;
    private final boolean relayOnly;

    @Inject
    IceServers(
            Clock clock,
            @ConfigProperty(name = "parley.stun.urls") Optional<List<String>> stunUrls,
            @ConfigProperty(name = "parley.turn.urls") Optional<List<String>> turnUrls,
            @ConfigProperty(name = "parley.turn.secret") Optional<String> secret,
            @ConfigProperty(name = "parley.turn.ttl", defaultValue = "PT10M") Duration ttl,
            @ConfigProperty(name = "parley.calls.relay-only", defaultValue = "false") boolean relayOnly) {
        this.clock = clock;
        this.stunUrls = stunUrls.orElse(List.of());
        this.turnUrls = turnUrls.orElse(List.of());
        this.secret = secret.orElse("");
        this.ttl = ttl.compareTo(SHORTEST) < 0 ? SHORTEST : ttl;
        if (!this.turnUrls.isEmpty() && this.secret.isEmpty()) {
            throw new IllegalStateException("parley.turn.urls is set, but parley.turn.secret is not");
        }
        this.relayOnly = relayOnly;
        if (relayOnly && this.turnUrls.isEmpty()) {
            throw new IllegalStateException("parley.calls.relay-only is set, but parley.turn.urls is not");
        }
    }

    List<IceServer> forPerson(UUID userId) {
        var servers = new ArrayList<IceServer>();
        if (!stunUrls.isEmpty()) {
            servers.add(new IceServer(stunUrls, null, null));
        }
        if (!turnUrls.isEmpty()) {
            String username = clock.instant().plus(ttl).getEpochSecond() + ":" + userId;
            servers.add(new IceServer(turnUrls, username, sign(username)));
        }
        return servers;
    }

    /** What an administrator had better change about what is configured. */
    Set<IceWarning> warnings() {
        var found = EnumSet.noneOf(IceWarning.class);
        if (stunUrls.isEmpty()) {
            found.add(IceWarning.NO_STUN);
        }
        if (turnUrls.isEmpty()) {
            found.add(IceWarning.NO_TURN);
            return found;
        }
        if (turnUrls.stream().noneMatch(IceServers::byUdp)) {
            found.add(IceWarning.NO_UDP);
        }
        if (turnUrls.stream().noneMatch(url -> url.startsWith("turn:") && !byUdp(url))) {
            found.add(IceWarning.NO_TCP);
        }
        if (turnUrls.stream().noneMatch(url -> url.startsWith("turns:"))) {
            found.add(IceWarning.NO_TLS);
        }
        if (secret.length() < LONG_ENOUGH) {
            found.add(IceWarning.SHORT_SECRET);
        }
        return found;
    }

    /** Without the parameter the scheme decides (RFC 7065, section 3.1). */
    private static boolean byUdp(String url) {
        return url.startsWith("turn:") && !url.contains("transport=tcp");
    }

    /** Whether media go through a relay or not at all, whatever people choose. */
    boolean relayOnly() {
        return relayOnly;
    }

    /** How long what {@link #forPerson} gives is good for. */
    Duration ttl() {
        return ttl;
    }

    private String sign(String username) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA1", impossible);
        }
    }
}
