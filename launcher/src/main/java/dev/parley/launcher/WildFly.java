package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** A WildFly with one application in it, running from a folder of its own, so that the provisioned server stays as it was made. */
public final class WildFly {

    private final Setup setup;

    /**
     * What a server is started from.
     *
     * @param home the provisioned server
     * @param base its working folder; {@code data} and {@code log} stay there from start to start
     * @param jdk the JDK (21 or newer) that runs it
     * @param ear what to deploy, an EAR or a WAR
     * @param environment settings of Parley ({@code PARLEY_…}); see wildfly-config/env
     * @param properties system properties, such as {@code jboss.http.port}
     * @param memory the largest heap, for example {@code 512m}
     */
    public record Setup(
            Path home,
            Path base,
            Path jdk,
            Path ear,
            Map<String, String> environment,
            Map<String, String> properties,
            String memory) {

        public Setup {
            environment = Map.copyOf(environment);
            properties = Map.copyOf(properties);
        }

        Path deployment() {
            return base.resolve("deployments").resolve(ear.getFileName());
        }

        /** Where the server writes what it has to say. */
        public Path log() {
            return base.resolve("log/server.log");
        }
    }

    public WildFly(Setup setup) {
        this.setup = setup;
    }

    /** Lays configuration and application afresh and starts the process; {@link #awaitDeployed} says when it is ready. */
    public Child start(Crew crew) {
        layOut();
        StandaloneCommandBuilder command = StandaloneCommandBuilder.of(setup.home())
                .setBaseDirectory(setup.base())
                .setJavaHome(setup.jdk())
                .setJavaOptions(List.of(
                        "-Xms64m",
                        "-Xmx" + setup.memory(),
                        "-XX:MetaspaceSize=96m",
                        "-Djava.net.preferIPv4Stack=true",
                        "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED"));
        setup.properties().forEach((name, value) -> {
            if (name.startsWith("java.")) {
                command.addJavaOption("-D" + name + "=" + value); // read before the server's own arguments are
            } else {
                command.addServerArgument("-D" + name + "=" + value);
            }
        });
        try {
            Path console = setup.base().resolve("log/console.log");
            Process process = Launcher.of(command)
                    .addEnvironmentVariables(setup.environment())
                    .setRedirectErrorStream(true)
                    .redirectOutput(console)
                    .launch();
            return crew.add(new Child("WildFly", process, setup.log()));
        } catch (IOException e) {
            throw new LaunchException("WildFly could not be started: " + e.getMessage(), e);
        }
    }

    /** Waits until the application is deployed; a deployment that failed is told at once with its reason. */
    public void awaitDeployed(Child server, Duration limit) {
        server.await(() -> Files.exists(marker(".deployed")) || Files.exists(marker(".failed")), limit);
        if (Files.exists(marker(".failed"))) {
            throw new LaunchException("the application could not be deployed: see %s%n%s"
                    .formatted(setup.log(), read(marker(".failed"))));
        }
    }

    private void layOut() {
        Path deployments = setup.base().resolve("deployments");
        Folders.delete(setup.base().resolve("configuration"));
        Folders.delete(setup.base().resolve("tmp"));
        Folders.delete(deployments);
        Folders.create(deployments);
        Folders.create(setup.base().resolve("log"));
        Folders.copy(
                setup.home().resolve("standalone/configuration"), setup.base().resolve("configuration"));
        try {
            Files.copy(setup.ear(), setup.deployment(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path marker(String suffix) {
        return setup.deployment().resolveSibling(setup.deployment().getFileName() + suffix);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
