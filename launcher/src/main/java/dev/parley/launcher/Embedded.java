package dev.parley.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The settings of {@code mvn -Prun}, and of the tests: everything on loopback, demo people, data in one folder.
 *
 * @param project the project's folder
 * @param home where data and logs are: {@code .parley/} of the project
 * @param jdk what runs the server: found by the pre-flight check
 * @param ports see the properties {@code parley.port.*} of the parent POM
 */
public record Embedded(Path project, Path home, Path jdk, Ports ports) {

    /** Where everything listens. */
    public record Ports(int http, int management, int storage, int turn, int cluster, int clusterFailure) {}

    static Embedded of(Properties given, Properties found) {
        Path project = Path.of(text(given, "parley.project"));
        return new Embedded(
                project,
                project.resolve(".parley"),
                Path.of(text(found, "jdk")),
                new Ports(
                        port(given, "http"),
                        port(given, "management"),
                        port(given, "storage"),
                        port(given, "turn"),
                        port(given, "cluster"),
                        port(given, "cluster-failure")));
    }

    Path server() {
        return project.resolve("ear/target/server");
    }

    Path ear() {
        return project.resolve("ear/target/parley.ear");
    }

    public Path storagePackages() {
        return project.resolve("launcher/azurite");
    }

    String url() {
        return "http://localhost:" + ports.http() + "/";
    }

    /** What the server reads; {@code turnSecret} is empty where no TURN server runs. */
    public WildFly.Setup wildfly(Optional<String> turnSecret) {
        Map<String, String> environment = new HashMap<>(Map.ofEntries(
                Map.entry("PARLEY_MODE", "embedded"),
                Map.entry("PARLEY_DEMO_PEOPLE", "true"),
                Map.entry("PARLEY_REGISTRATION_ENABLED", "true"),
                // everybody who tries it out has the same address: what one address may do is for the open internet
                Map.entry("PARLEY_LIMITS_REGISTER", "600/min"),
                Map.entry("PARLEY_LIMITS_SIGN_IN", "600/min"),
                Map.entry("PARLEY_LIMITS_REFRESH", "600/min"),
                // the storage lets uploads in from these
                Map.entry(
                        "PARLEY_ORIGINS",
                        "http://localhost:%d,http://127.0.0.1:%d".formatted(ports.http(), ports.http())),
                Map.entry("PARLEY_UPLOADS_AZURE_ENDPOINT", Azurite.endpoint(ports.storage())),
                Map.entry("PARLEY_UPLOADS_AZURE_ACCOUNT", Azurite.ACCOUNT),
                Map.entry("PARLEY_UPLOADS_AZURE_KEY", Azurite.KEY),
                Map.entry("PARLEY_CLUSTER_PORT", Integer.toString(ports.cluster())),
                Map.entry("PARLEY_CLUSTER_FD_PORT", Integer.toString(ports.clusterFailure())),
                Map.entry("PARLEY_CLUSTER_HOSTS", "127.0.0.1[" + ports.cluster() + "]")));
        turnSecret.ifPresent(secret -> {
            environment.put("PARLEY_STUN_URLS", Coturn.stunUrl(ports.turn()));
            environment.put("PARLEY_TURN_URLS", Coturn.urls(ports.turn()));
            environment.put("PARLEY_TURN_SECRET", secret);
        });
        Map<String, String> properties = Map.of(
                "jboss.node.name", "parley",
                "jboss.http.port", Integer.toString(ports.http()),
                "jboss.management.http.port", Integer.toString(ports.management()));
        return new WildFly.Setup(server(), home.resolve("server"), jdk, ear(), environment, properties, "768m");
    }

    private static int port(Properties given, String name) {
        String text = text(given, "parley.port." + name);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new LaunchException("parley.port.%s is not a port: %s".formatted(name, text), e);
        }
    }

    private static String text(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new LaunchException("the launcher was not told " + name + ": start it with mvn -Prun");
        }
        return value;
    }
}
