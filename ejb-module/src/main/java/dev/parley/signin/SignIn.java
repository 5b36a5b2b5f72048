package dev.parley.signin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A device's sign-in: the family of the refresh tokens that follow one another. */
@Entity
@Table(name = "sign_in")
class SignIn {

    @Id
    UUID id;

    @Column(name = "account_id")
    UUID accountId;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    SignIn() {}

    SignIn(UUID id, UUID accountId, Instant createdAt, Instant expiresAt) {
        this.id = id;
        this.accountId = accountId;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    boolean alive(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
