package dev.parley.uploads.azure;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** npm's Azurite on loopback, with its blobs in memory; installed once, where {@code mvn -Prun} has it too. */
final class Azurite {

    /** What every Azurite has, as Microsoft's documentation publishes it. */
    static final String ACCOUNT = "devstoreaccount1";

    static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final Path FOLDER = Path.of("../launcher/azurite");
    private static final Path SCRIPT = FOLDER.resolve("node_modules/azurite/dist/src/blob/main.js");

    private final int port;
    private final Process process;

    private Azurite(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static Azurite start() throws Exception {
        if (!Files.exists(SCRIPT)) {
            Process install = run(FOLDER, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            if (!install.waitFor(5, TimeUnit.MINUTES) || install.exitValue() != 0) {
                install.destroyForcibly();
                throw new IllegalStateException("npm ci in " + FOLDER.toAbsolutePath() + " does not work");
            }
        }
        int port = freePort();
        Azurite azurite = new Azurite(
                port,
                run(
                        Path.of("target"),
                        "node",
                        SCRIPT.toAbsolutePath().toString(),
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        Integer.toString(port),
                        "--inMemoryPersistence",
                        "--disableTelemetry",
                        "--silent",
                        "--skipApiVersionCheck"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(azurite::listens);
        return azurite;
    }

    String endpoint() {
        return "http://127.0.0.1:" + port + "/" + ACCOUNT;
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Azurite ended with " + process.exitValue());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static Process run(Path folder, String... command) throws IOException {
        File log = File.createTempFile("azurite", ".log", Path.of("target").toFile());
        return new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
