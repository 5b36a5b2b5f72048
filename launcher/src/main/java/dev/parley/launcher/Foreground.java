package dev.parley.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Processes that run until somebody presses Ctrl-C or one of them ends; however it comes, all are gone afterwards. */
final class Foreground {

    private static final Duration GLANCE = Duration.ofMillis(500);

    private final Crew crew = new Crew();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final String name;
    private final PrintStream out;

    /** @param name what is running, as people call it */
    Foreground(String name, PrintStream out) {
        this.name = name;
        this.out = out;
    }

    /**
     * @param start starts the processes
     * @param farewell what to say when all have stopped
     */
    void run(Consumer<Crew> start, String farewell) {
        Thread stop = new Thread(() -> stop(farewell), "parley-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            start.accept(crew);
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

    private void stop(String farewell) {
        out.println();
        out.println("Stopping " + name + " ...");
        stopping.countDown();
        crew.close();
        out.println(farewell);
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
}
