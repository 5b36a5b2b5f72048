package dev.parley.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What {@code mvn -Prun} ends in: storage, TURN where there is one, and the server, until somebody presses Ctrl-C. It runs
 * in Maven's JVM, whose shutdown hook waits until all of them are gone.
 */
public final class Launch {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration GLANCE = Duration.ofMillis(500);

    private final Embedded settings;
    private final PrintStream out;
    private final Crew crew = new Crew();
    private final CountDownLatch stopping = new CountDownLatch(1);

    private Launch(Embedded settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Settings come as system properties {@code parley.*}: see {@link Embedded}. */
    public static void main(String[] arguments) {
        Properties given = System.getProperties();
        Path project = Path.of(given.getProperty("parley.project", "."));
        try {
            new Launch(Embedded.of(given, preflight(project)), System.out).run();
        } catch (LaunchException e) {
            System.out.println();
            System.out.println("Parley has been stopped: " + e.getMessage());
            // ends Maven as well: its own report of a failed goal would bury the line above
            System.exit(1);
        }
    }

    private static Properties preflight(Path project) {
        Properties found = new Properties();
        try (InputStream in = Files.newInputStream(project.resolve(".parley/preflight.properties"))) {
            found.load(in);
            return found;
        } catch (IOException e) {
            throw new LaunchException("the pre-flight check has not run: start it with mvn -Prun", e);
        }
    }

    private void run() {
        Thread stop = new Thread(this::stop, "parley-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            start();
            watch();
        } finally {
            crew.close();
            unhook(stop);
        }
    }

    private static void unhook(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException alreadyStopping) {
            // Ctrl-C: the hook is at work, and the JVM ends with it; until then Maven must not go on to the next module
            waitFor(Thread.currentThread());
        }
    }

    private static void waitFor(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        out.println();
        out.println("Stopping Parley ...");
        stopping.countDown();
        crew.close();
        out.println("Parley has stopped. Its data is in " + settings.home() + ".");
        out.flush();
    }

    private void start() {
        Folders.create(settings.home());
        say("Starting Parley. Data and logs are in " + settings.home() + ".");
        Azurite.start(
                crew,
                settings.storagePackages(),
                settings.home().resolve("blobs"),
                settings.ports().storage(),
                log("azurite.log"));
        say("storage: Azurite listens on 127.0.0.1:" + settings.ports().storage());
        Optional<String> turnSecret = startTurn();
        startServer(turnSecret);
        welcome();
    }

    private Optional<String> startTurn() {
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

    private void startServer(Optional<String> turnSecret) {
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

    /** Returns when the hook stops everything; complains when a process ends without being asked. */
    private void watch() {
        try {
            while (!stopping.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                Optional<Child> gone = crew.deserter();
                // Ctrl-C reaches the processes a moment before it reaches the hook
                if (gone.isPresent() && !stopping.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    Child child = gone.get();
                    throw new LaunchException("%s has ended by itself (code %d), so everything is stopped: see %s"
                            .formatted(child.name(), child.process().exitValue(), child.log()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path log(String name) {
        return settings.home().resolve("log").resolve(name);
    }

    private void say(String text) {
        out.println(text);
        out.flush();
    }
}
