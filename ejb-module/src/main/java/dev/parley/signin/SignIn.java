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

    String device;

    @Nullable
    String address;

    @Column(name = "used_at")
    Instant usedAt;

    @Column(name = "known_hash", columnDefinition = "char(64)")
    @Nullable
    String knownHash;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    SignIn() {}

    SignIn(UUID id, UUID accountId, Device device, Instant createdAt, Instant expiresAt) {
        this.id = id;
        this.accountId = accountId;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
        this.device = device.name();
        this.address = device.address();
        this.usedAt = createdAt;
    }

    void used(Device from, Instant now, Instant until) {
        device = from.name();
        address = from.address();
        usedAt = now;
        expiresAt = until;
    }

    DeviceSession shown(UUID current) {
        return new DeviceSession(id, device, createdAt, usedAt, address, id.equals(current));
    }

    boolean alive(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
