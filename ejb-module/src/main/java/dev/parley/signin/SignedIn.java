package dev.parley.signin;

import dev.parley.users.User;
import java.time.Duration;

/**
 * The outcome of signing in or refreshing.
 *
 * @param accessToken a JWT
 * @param accessLife how long it lasts
 * @param refreshToken the secret that gets the next one, once
 * @param refreshLife how long it may be kept unused
 */
public record SignedIn(User user, String accessToken, Duration accessLife, String refreshToken, Duration refreshLife) {

    /** Without the secrets: logs must not have them. */
    @Override
    public String toString() {
        return "SignedIn[" + user.id() + "]";
    }
}
