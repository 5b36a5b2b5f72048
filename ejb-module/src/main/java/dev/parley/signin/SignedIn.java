package dev.parley.signin;

import dev.parley.users.User;
import java.time.Duration;
import java.time.Instant;

/**
 * The outcome of signing in or refreshing.
 *
 * @param accessToken a JWT
 * @param accessExpiresAt when it ends
 * @param refreshToken the secret that gets the next one, once
 * @param refreshLife how long it may be kept unused
 */
public record SignedIn(
        User user, String accessToken, Instant accessExpiresAt, String refreshToken, Duration refreshLife) {

    /** Without the secrets: logs must not have them. */
    @Override
    public String toString() {
        return "SignedIn[" + user.id() + "]";
    }
}
