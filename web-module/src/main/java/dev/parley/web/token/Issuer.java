package dev.parley.web.token;

import dev.parley.problem.Problem;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Somebody whose tokens we believe: a name, a key and one signature algorithm (so that neither {@code none} nor a public key used
 * as a shared secret gets through).
 */
final class Issuer {

    /** Times are judged here, by our clock, and only after the signature: the parser shall not. */
    private static final int PARSER_SKEW_SECONDS = 1_000_000_000;

    private static final int DEPTH = 8;
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private final String name;
    /** What reads a token that names this key. */
    private final Function<String, Optional<DefaultJWTParser>> parsers;

    private final Duration skew;

    private Issuer(String name, Function<String, Optional<DefaultJWTParser>> parsers, Duration skew) {
        this.name = name;
        this.parsers = parsers;
        this.skew = skew;
    }

    private static DefaultJWTParser parser(JWTAuthContextInfo context) {
        context.setClockSkew(PARSER_SKEW_SECONDS);
        context.setRequireNamedPrincipal(false);
        return new DefaultJWTParser(context);
    }

    /**
     * Ourselves.
     *
     * @param keys the key of an id, while it is believed
     */
    static Issuer own(String name, Function<String, Optional<RSAPublicKey>> keys) {
        // making one is dear; there are as many as keys were in use since the start
        Map<RSAPublicKey, DefaultJWTParser> made = new ConcurrentHashMap<>();
        return new Issuer(
                name,
                kid -> keys.apply(kid)
                        .map(key -> made.computeIfAbsent(key, known -> {
                            JWTAuthContextInfo context = new JWTAuthContextInfo(known, name);
                            context.setSignatureAlgorithm(SignatureAlgorithm.RS256);
                            return parser(context);
                        })),
                Duration.ZERO);
    }

    /**
     * The one that {@code mp.jwt.verify.*} names, if any.
     *
     * @param settings by their names
     */
    static Optional<Issuer> configured(Function<String, Optional<String>> settings) {
        return settings.apply("mp.jwt.verify.issuer").map(name -> {
            JWTAuthContextInfo context = new JWTAuthContextInfo();
            context.setIssuedBy(name);
            Optional<String> key = settings.apply("mp.jwt.verify.publickey");
            Optional<String> location = settings.apply("mp.jwt.verify.publickey.location");
            if (key.isEmpty() && location.isEmpty()) {
                throw new IllegalStateException(
                        "mp.jwt.verify.issuer needs mp.jwt.verify.publickey.location (or mp.jwt.verify.publickey).");
            }
            key.ifPresent(context::setPublicKeyContent);
            location.ifPresent(context::setPublicKeyLocation);
            context.setSignatureAlgorithm(algorithm(
                    settings.apply("mp.jwt.verify.publickey.algorithm").orElse("RS256")));
            settings.apply("mp.jwt.verify.audiences")
                    .map(text -> Arrays.stream(text.split(","))
                            .map(String::strip)
                            .filter(audience -> !audience.isEmpty())
                            .collect(Collectors.toUnmodifiableSet()))
                    .ifPresent(context::setExpectedAudience);
            Optional<DefaultJWTParser> parser = Optional.of(parser(context));
            return new Issuer(
                    name,
                    kid -> parser,
                    Duration.ofSeconds(settings.apply("mp.jwt.verify.clock.skew")
                            .map(Integer::valueOf)
                            .orElse(30)));
        });
    }

    private static SignatureAlgorithm algorithm(String name) {
        return switch (name) {
            case "RS256" -> SignatureAlgorithm.RS256;
            case "ES256" -> SignatureAlgorithm.ES256;
            default ->
                throw new IllegalStateException(
                        "mp.jwt.verify.publickey.algorithm is RS256 or ES256, not " + name + ".");
        };
    }

    private static boolean unreachable(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            if (cause instanceof IOException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    String name() {
        return name;
    }

    /**
     * @param kid the key that the token says it was signed with
     * @throws TokenRefused when it is not this issuer's, or not now
     * @throws Problem {@code unavailable} when the issuer's keys cannot be had
     */
    JsonWebToken verified(String token, String kid, Clock clock) {
        JsonWebToken claims;
        try {
            claims = parsers.apply(kid)
                    .orElseThrow(() -> new TokenRefused(TokenRefused.Reason.TOKEN_INVALID))
                    .parse(token);
        } catch (ParseException forged) {
            if (unreachable(forged)) {
                throw Problem.unavailable("The issuer's keys cannot be read.", A_WHILE);
            }
            throw new TokenRefused(TokenRefused.Reason.TOKEN_INVALID);
        }
        Instant now = clock.instant();
        if (!now.isBefore(Instant.ofEpochSecond(claims.getExpirationTime()).plus(skew))) {
            throw new TokenRefused(TokenRefused.Reason.TOKEN_EXPIRED);
        }
        Object notBefore = claims.getClaim(Claims.nbf.name());
        if (notBefore instanceof Number seconds
                && now.isBefore(Instant.ofEpochSecond(seconds.longValue()).minus(skew))) {
            throw new TokenRefused(TokenRefused.Reason.TOKEN_INVALID);
        }
        return claims;
    }
}
