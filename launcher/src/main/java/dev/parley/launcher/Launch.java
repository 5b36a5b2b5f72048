package dev.parley.launcher;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * What {@code mvn -Prun} ends in: storage, TURN where there is one, and the server, until somebody presses Ctrl-C. It runs
 * in Maven's JVM, whose shutdown hook waits until all of them are gone.
 */
public final class Launch {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Embedded settings;
    private final PrintStream out;

    private Launch(Embedded settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Settings come as system properties {@code parley.*}: see {@link Embedded}. */
    public static void main(String[] arguments) {
        Properties given = System.getProperties();
        Path project = Path.of(given.getProperty("parley.project", "."));
        try {
            new Launch(Embedded.of(given, Preflight.found(project)), System.out).run();
        } catch (LaunchException e) {
            System.out.println();
            System.out.println("Parley has been stopped: " + e.getMessage());
            // ends Maven as well: its own report of a failed goal would bury the line above
            System.exit(1);
        }
    }

    private void run() {
        new Foreground("Parley", out).run(this::start, "Parley has stopped. Its data is in " + settings.home() + ".");
    }

    private void start(Crew crew) {
        Folders.create(settings.home());
        say("Starting Parley. Data and logs are in " + settings.home() + ".");
        Azurite.start(
                crew,
                settings.storagePackages(),
                settings.home().resolve("blobs"),
                settings.ports().storage(),
                log("azurite.log"));
        say("storage: Azurite listens on 127.0.0.1:" + settings.ports().storage());
        Optional<String> turnSecret = startTurn(crew);
        startServer(crew, turnSecret);
        welcome();
    }

    private Optional<String> startTurn(Crew crew) {
        Optional<Path> program = Coturn.installed();
        if (program.isEmpty()) {
            say("calls:   no TURN server (coturn is not installed); calls work where two browsers reach each other");
            return Optional.empty();
        }
        String secret = Coturn.secret();
        int port = settings.ports().turn();
        Coturn.Ports ports = new Coturn.Ports(port, 49160, 49259);
        Coturn.start(crew, program.get(), settings.home().resolve("turn"), ports, secret);
        say("calls:   coturn listens on 127.0.0.1:" + port);
        return Optional.of(secret);
    }

    private void startServer(Crew crew, Optional<String> turnSecret) {
        WildFly wildfly = new WildFly(settings.wildfly(turnSecret));
        say("server:  WildFly is starting (about ten seconds) ...");
        long began = System.nanoTime();
        Child server = wildfly.start(crew);
        wildfly.awaitDeployed(server, START_LIMIT);
        server.awaitPort(settings.ports().http(), START_LIMIT);
        say("server:  WildFly is ready after " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + " s");
    }

    private void welcome() {
        out.println();
        out.println("  Parley is running at  " + settings.url());
        out.println("  Demo people           alice, bob, carol (password: parley)");
        out.println("  To stop               press Ctrl-C");
        out.flush();
    }

    private Path log(String name) {
        return settings.home().resolve("log").resolve(name);
    }

    private void say(String text) {
        out.println(text);
        out.flush();
    }
}
