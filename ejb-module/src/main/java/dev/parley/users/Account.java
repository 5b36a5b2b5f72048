package dev.parley.users;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person's row. */
@Entity
@Table(name = "account")
class Account {

    @Id
    UUID id;

    String username;

    @Column(name = "display_name")
    String displayName;

    @Column(name = "avatar_url")
    @Nullable
    String avatarUrl;

    @Column(name = "password_hash")
    @Nullable
    String passwordHash;

    @Nullable
    String issuer;

    @Nullable
    String subject;

    boolean demo;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "last_seen_at")
    @Nullable
    Instant lastSeenAt;

    @Column(name = "share_last_seen")
    boolean shareLastSeen = true;

    @Column(name = "chosen_status")
    @Nullable
    String chosenStatus;

    @Column(name = "chosen_text")
    @Nullable
    String chosenText;

    @Column(name = "chosen_until")
    @Nullable
    Instant chosenUntil;

    @Column(name = "disabled_at")
    @Nullable
    Instant disabledAt;

    /** Words separated by spaces. */
    String roles = "";

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Account() {}

    Account(UUID id, String username, String displayName, Instant createdAt) {
        this.id = id;
        this.username = username;
        this.displayName = displayName;
        this.createdAt = createdAt;
    }

    User shown() {
        return new User(id, username, displayName, avatarUrl);
    }

    Self self() {
        return new Self(id, username, displayName, avatarUrl, shareLastSeen);
    }

    Holder holder() {
        return new Holder(shown(), Roles.read(roles), disabledAt != null);
    }
}
