package dev.parley.signin;

import java.time.Duration;

/** Settings as they are when nothing is configured. */
final class TestSettings {

    static final SignInSettings SETTINGS = new SignInSettings(
            "urn:parley", Duration.ofMinutes(15), Duration.ofDays(30), Duration.ofDays(90), true, false, "admin");

    private TestSettings() {}
}
