package dev.parley.web.token;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Somebody whose tokens we believe: a name, a key and one signature algorithm (so that neither {@code none} nor a public key used
 * as a shared secret gets through).
 */
final class Issuer {

    /** Times are judged here, by our clock, and only after the signature: the parser shall not. */
    private static final int PARSER_SKEW_SECONDS = 1_000_000_000;

    private final String name;
    private final DefaultJWTParser parser;
    private final Duration skew;

    private Issuer(JWTAuthContextInfo context, Duration skew) {
        context.setClockSkew(PARSER_SKEW_SECONDS);
        context.setRequireNamedPrincipal(false);
        this.name = context.getIssuedBy();
        this.parser = new DefaultJWTParser(context);
        this.skew = skew;
    }

    /** Ourselves. */
    static Issuer own(String name, RSAPublicKey key) {
        JWTAuthContextInfo context = new JWTAuthContextInfo(key, name);
        context.setSignatureAlgorithm(SignatureAlgorithm.RS256);
        return new Issuer(context, Duration.ZERO);
    }

    /** The one that {@code mp.jwt.verify.*} names, if any. */
    static Optional<Issuer> configured(Config config) {
        return config.getOptionalValue("mp.jwt.verify.issuer", String.class).map(name -> {
            JWTAuthContextInfo context = new JWTAuthContextInfo();
            context.setIssuedBy(name);
            Optional<String> key = config.getOptionalValue("mp.jwt.verify.publickey", String.class);
            Optional<String> location = config.getOptionalValue("mp.jwt.verify.publickey.location", String.class);
            if (key.isEmpty() && location.isEmpty()) {
                throw new IllegalStateException(
                        "mp.jwt.verify.issuer needs mp.jwt.verify.publickey.location (or mp.jwt.verify.publickey).");
            }
            key.ifPresent(context::setPublicKeyContent);
            location.ifPresent(context::setPublicKeyLocation);
            context.setSignatureAlgorithm(
                    algorithm(config.getOptionalValue("mp.jwt.verify.publickey.algorithm", String.class)
                            .orElse("RS256")));
            config.getOptionalValue("mp.jwt.verify.audiences", String.class)
                    .map(text -> Arrays.stream(text.split(","))
                            .map(String::strip)
                            .filter(audience -> !audience.isEmpty())
                            .collect(Collectors.toUnmodifiableSet()))
                    .ifPresent(context::setExpectedAudience);
            return new Issuer(
                    context,
                    Duration.ofSeconds(config.getOptionalValue("mp.jwt.verify.clock.skew", Integer.class)
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

    String name() {
        return name;
    }

    /** @throws TokenRefused when it is not this issuer's, or not now */
    JsonWebToken verified(String token, Clock clock) {
        JsonWebToken claims;
        try {
            claims = parser.parse(token);
        } catch (ParseException forged) {
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
