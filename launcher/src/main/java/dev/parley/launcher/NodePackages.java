package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A folder with package.json and package-lock.json, installed exactly as locked, and only when the lock has changed. */
public final class NodePackages {

    private NodePackages() {}

    public static boolean current(Path folder) {
        Path lock = folder.resolve("package-lock.json");
        Path installed = folder.resolve("node_modules/.parley-lock.json");
        try {
            return Files.exists(installed) && Files.mismatch(lock, installed) == -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code npm ci} when it is due; at most ten minutes. */
    public static void install(Crew crew, Path folder, Path log) {
        if (current(folder)) {
            return;
        }
        ProcessBuilder command = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
        Child npm = crew.add(Child.start("npm", command.directory(folder.toFile()), log));
        try {
            if (!npm.process().waitFor(10, TimeUnit.MINUTES) || npm.process().exitValue() != 0) {
                throw new LaunchException("npm ci failed in %s: see %s".formatted(folder, log));
            }
            Files.copy(folder.resolve("package-lock.json"), folder.resolve("node_modules/.parley-lock.json"));
            crew.dismiss(npm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted while npm was installing", e);
        }
    }
}
