package dev.parley.socketio.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Somebody who has never seen this project but has its library in a Maven repository: a repository of their own below {@code target},
 * with the library in it as {@code mvn install} would put it there, and Maven run in a copy of an example. Nothing of the reactor is on
 * the way, and the user's own repository is only read, as a cache of what has been downloaded before.
 */
final class Stranger {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path HOME = TARGET.resolve("stranger");
    private static final String VERSION = System.getProperty("parley.version");
    /** What {@code mvn install -pl socketio/jakarta -am} installs. */
    private static final List<String> MODULES = List.of("core", "client", "jakarta");

    /** {@code `pom.xml`:} and the block below it. */
    private static final Pattern FILE = Pattern.compile("`([\\w/.]+)`:\\n\\n```\\w+\\n(.*?)```", Pattern.DOTALL);

    private static final int LIMIT_SECONDS = 300;

    private final Path folder;

    private Stranger(Path folder) {
        this.folder = folder;
    }

    /** Writes the files that the library's README tells a newcomer to write. */
    static Stranger followingTheReadme() throws IOException {
        install();
        var folder = HOME.resolve("readme");
        var readme = Files.readString(PROJECT.resolve("socketio").resolve("README.md"));
        var blocks = FILE.matcher(
                readme.substring(readme.indexOf("## A chat in ten minutes"), readme.indexOf("## Handlers")));
        while (blocks.find()) {
            var file = folder.resolve(blocks.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, blocks.group(2));
        }
        return new Stranger(folder);
    }

    /** Copies an example to where nothing of this project is above it. */
    static Stranger with(String example) throws IOException {
        install();
        var folder = HOME.resolve(example);
        copy(PROJECT.resolve("examples").resolve(example).resolve("pom.xml"), folder.resolve("pom.xml"));
        var sources = PROJECT.resolve("examples").resolve(example).resolve("src");
        try (Stream<Path> files = Files.walk(sources)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                copy(file, folder.resolve("src").resolve(sources.relativize(file)));
            }
        }
        return new Stranger(folder);
    }

    Path folder() {
        return folder;
    }

    /** Runs Maven to its end. */
    void maven(String... arguments) throws IOException, InterruptedException {
        var maven = start(arguments);
        if (!maven.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            end(maven);
        }
        if (maven.exitValue() != 0) {
            throw new AssertionError("mvn " + String.join(" ", arguments) + " in " + folder + ":\n" + output());
        }
    }

    /** Starts Maven and leaves it running; {@link #end} stops it. */
    Process start(String... arguments) throws IOException {
        var command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("maven.home"), "bin", "mvn")
                                        .toString(),
                                "-B",
                                "-ntp",
                                "-gs",
                                HOME.resolve("settings.xml").toString(),
                                "-Dmaven.repo.local=" + HOME.resolve("repository")),
                        Stream.of(arguments))
                .toList();
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("maven.log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("MAVEN_ARGS");
        builder.environment().remove("MAVEN_OPTS");
        return builder.start();
    }

    String output() throws IOException {
        return Files.readString(folder.resolve("maven.log"));
    }

    static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    private static void install() throws IOException {
        var group = HOME.resolve("repository").resolve(Path.of("dev", "parley"));
        copy(PROJECT.resolve("pom.xml"), file(group, "parley", "pom"));
        for (var module : MODULES) {
            var artifact = "parley-socketio-" + module;
            var built = PROJECT.resolve("socketio").resolve(module);
            copy(built.resolve("pom.xml"), file(group, artifact, "pom"));
            copy(built.resolve("target").resolve(artifact + "-" + VERSION + ".jar"), file(group, artifact, "jar"));
        }
        var cache =
                Path.of(System.getProperty("user.home"), ".m2", "repository").toUri();
        var repository = "<id>cache</id><url>" + cache
                + "</url><releases><checksumPolicy>ignore</checksumPolicy></releases><snapshots><enabled>false</enabled></snapshots>";
        Files.writeString(
                HOME.resolve("settings.xml"),
                "<settings><profiles><profile><id>cache</id><repositories><repository>" + repository
                        + "</repository></repositories><pluginRepositories><pluginRepository>" + repository
                        + "</pluginRepository></pluginRepositories></profile></profiles>"
                        + "<activeProfiles><activeProfile>cache</activeProfile></activeProfiles></settings>\n");
    }

    private static Path file(Path group, String artifact, String type) {
        return group.resolve(artifact).resolve(VERSION).resolve(artifact + "-" + VERSION + "." + type);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
