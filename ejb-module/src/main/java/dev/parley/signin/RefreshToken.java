package dev.parley.signin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One link of a sign-in's chain, by the hash of its secret. */
@Entity
@Table(name = "refresh_token")
class RefreshToken {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    @Id
    @Column(columnDefinition = "char(64)")
    String hash;

    @Column(name = "sign_in_id")
    UUID signInId;

    @Column(name = "issued_at")
    Instant issuedAt;

    @Column(name = "used_at")
    @Nullable
    Instant usedAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    RefreshToken() {}

    RefreshToken(String secret, UUID signInId, Instant issuedAt) {
        this.hash = hash(secret);
        this.signInId = signInId;
        this.issuedAt = issuedAt;
    }

    static String newSecret() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The secret has 256 random bits: a plain digest is as good as a slow one. */
    static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
