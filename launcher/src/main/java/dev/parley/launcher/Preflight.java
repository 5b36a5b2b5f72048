package dev.parley.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What {@code preflight.mjs} has found out before anything was built. */
final class Preflight {

    private Preflight() {}

    static Properties found(Path project) {
        Properties found = new Properties();
        try (InputStream in = Files.newInputStream(project.resolve(".parley/preflight.properties"))) {
            found.load(in);
            return found;
        } catch (IOException e) {
            throw new LaunchException("the pre-flight check has not run: start it from the parent POM", e);
        }
    }
}
