package dev.parley.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;

/** A real Keycloak on loopback, from Maven Central, with the realm of keycloak-realm.json. */
final class Keycloak implements AutoCloseable {

    private static final String VERSION = System.getProperty("parley.keycloak.version", "26.7.3");
    private static final String ARTIFACT = "org.keycloak:keycloak-quarkus-dist:" + VERSION + ":zip";
    private static final Duration FETCH_LIMIT = Duration.ofMinutes(5);
    /** The first start builds the server: a minute on a machine that has nothing else to do. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Process process;
    private final int port;

    private Keycloak(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param origin where the pages are that people sign in from
     * @throws AssertionError with what is missing, when it cannot be had or does not start
     */
    static Keycloak start(int port, URI origin) {
        Path folder = Parley.PROJECT.resolve("integration-tests/target/keycloak");
        Path home = folder.resolve("keycloak-" + VERSION);
        try {
            if (!Files.exists(home.resolve("bin/kc.sh"))) {
                unpack(fetched(folder), folder);
            }
            String realm = Files.readString(
                            Parley.PROJECT.resolve("integration-tests/src/test/resources/keycloak-realm.json"))
                    .replace("@origin@", origin.toString().replaceAll("/$", ""));
            Directories.delete(home.resolve("data"));
            Files.createDirectories(home.resolve("data/import"));
            Files.writeString(home.resolve("data/import/parley-realm.json"), realm);
            Path log = folder.resolve("keycloak.log");
            ProcessBuilder command = new ProcessBuilder(
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--import-realm",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--hostname=http://127.0.0.1:" + port,
                            "--cache=local")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            command.environment().put("JAVA_HOME", System.getProperty("java.home"));
            command.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
            Keycloak keycloak = new Keycloak(command.start(), port);
            keycloak.await(log);
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + port + "/realms/parley");
    }

    private static Path fetched(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve("fetch.log");
        String maven = System.getProperty("parley.maven", "mvn");
        Process fetching = new ProcessBuilder(
                        maven,
                        "-q",
                        "-B",
                        "-ntp",
                        "org.apache.maven.plugins:maven-dependency-plugin:copy",
                        "-Dartifact=" + ARTIFACT,
                        "-DoutputDirectory=" + folder)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean fetched = ended(fetching, FETCH_LIMIT) && fetching.exitValue() == 0;
        Path zip = folder.resolve("keycloak-quarkus-dist-" + VERSION + ".zip");
        if (!fetched || !Files.exists(zip)) {
            throw new AssertionError("Keycloak could not be fetched: " + ARTIFACT + " is missing, see " + log);
        }
        return zip;
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream files = new ZipInputStream(in)) {
            for (ZipEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("The archive leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(files, target);
                }
            }
        }
        Files.delete(zip);
        if (!folder.resolve("keycloak-" + VERSION + "/bin/kc.sh").toFile().setExecutable(true)) {
            throw new IOException("kc.sh cannot be made executable.");
        }
    }

    private void await(Path log) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest metadata = HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            Awaitility.await("Keycloak, see " + log)
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(500))
                    .failFast("Keycloak ended, see " + log, () -> !process.isAlive())
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> http.send(metadata, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
        } catch (RuntimeException late) {
            close();
            throw new AssertionError(late.getMessage(), late);
        }
    }

    private static boolean ended(Process process, Duration limit) {
        try {
            if (process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                return true;
            }
            process.destroyForcibly();
            return false;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The shell script runs Java as its child, unless it replaced itself. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        if (!ended(process, Duration.ofSeconds(20))) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
