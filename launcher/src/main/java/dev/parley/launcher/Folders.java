package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is done to whole folders. */
final class Folders {

    private Folders() {}

    static Path create(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LaunchException("cannot create the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    static void copy(Path from, Path to) {
        for (Path source : tree(from)) {
            Path target = to.resolve(from.relativize(source).toString());
            try {
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst =
                tree(folder).stream().sorted(Comparator.reverseOrder()).toList();
        for (Path path : deepestFirst) {
            try {
                Files.delete(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<Path> tree(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
