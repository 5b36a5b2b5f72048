package dev.parley.uploads.azure;

import dev.parley.problem.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code parley.uploads.azure.*}; without them people can talk, but not share files. */
@Dependent
class AzureSettings {

    /** The account's blob service: {@code https://<account>.blob.core.windows.net}. */
    @Inject
    @ConfigProperty(name = "parley.uploads.azure.endpoint")
    Optional<String> endpoint;

    /** The same service as browsers reach it, when that differs. */
    @Inject
    @ConfigProperty(name = "parley.uploads.azure.public-endpoint")
    Optional<String> publicEndpoint;

    @Inject
    @ConfigProperty(name = "parley.uploads.azure.account")
    Optional<String> account;

    @Inject
    @ConfigProperty(name = "parley.uploads.azure.key")
    Optional<String> key;

    @Inject
    @ConfigProperty(name = "parley.uploads.azure.container", defaultValue = "parley")
    String container;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    AzureSettings() {}

    static String required(Optional<String> setting) {
        return setting.filter(value -> !value.isBlank())
                .orElseThrow(() -> Problem.unavailable("Sharing files is not set up here.", Duration.ofMinutes(5)));
    }
}
