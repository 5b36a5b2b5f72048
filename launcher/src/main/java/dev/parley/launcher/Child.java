package dev.parley.launcher;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process that was started here and is stopped here, politely first.
 *
 * @param name what people call it
 * @param process the running process
 * @param log where its output goes
 */
public record Child(String name, Process process, Path log) implements AutoCloseable {

    private static final Duration POLITE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(100);

    /** Starts a command with both its outputs in {@code log}. */
    static Child start(String name, ProcessBuilder command, Path log) {
        try {
            Process process =
                    command.redirectErrorStream(true).redirectOutput(fresh(log)).start();
            return new Child(name, process, log);
        } catch (IOException e) {
            throw new LaunchException(name + " could not be started: " + e.getMessage(), e);
        }
    }

    private static File fresh(Path log) {
        Path folder = log.toAbsolutePath().getParent();
        if (folder != null) {
            Folders.create(folder);
        }
        return log.toFile();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Waits until {@code ready} holds; fails at once when the process ends before, and when the time is over. */
    void await(BooleanSupplier ready, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (!alive()) {
                throw new LaunchException(
                        "%s ended with code %d before it was ready: see %s".formatted(name, process.exitValue(), log));
            }
            if (System.nanoTime() > end) {
                throw new LaunchException(
                        "%s was not ready after %d s: see %s".formatted(name, limit.toSeconds(), log));
            }
            pause();
        }
    }

    void awaitPort(int port, Duration limit) {
        await(() -> answers(port), limit);
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException nobodyThere) {
            return false;
        }
    }

    /** Takes it down the hard way, as a power cut would; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        join(Duration.ofSeconds(10));
    }

    /** Asks it to stop, and takes it down when it has not after 20 s. */
    @Override
    public void close() {
        process.destroy();
        if (!join(POLITE)) {
            kill();
        }
    }

    private boolean join(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(STEP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted while starting", e);
        }
    }
}
