package dev.parley.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The stand-in for Azure Blob Storage: npm's Azurite, with its data in a folder that outlives it. */
public final class Azurite {

    /** The account that every Azurite has; a public value, for this machine only. */
    public static final String ACCOUNT = "devstoreaccount1";

    /** The key of {@link #ACCOUNT}, as published in Microsoft's documentation of Azurite. */
    public static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private Azurite() {}

    /** Where a client finds the blobs of {@link #ACCOUNT} on an Azurite at {@code port}. */
    public static String endpoint(int port) {
        return "http://127.0.0.1:" + port + "/" + ACCOUNT;
    }

    /**
     * Starts it on loopback and waits until it listens.
     *
     * @param crew who stops it
     * @param packages the folder whose node_modules holds it; the build installs it there
     * @param data where the blobs stay
     */
    public static Child start(Crew crew, Path packages, Path data, int port, Path log) {
        Folders.create(data);
        Path script = packages.resolve("node_modules/azurite/dist/src/blob/main.js");
        if (!Files.exists(script)) {
            throw new LaunchException("Azurite is not installed in " + packages);
        }
        List<String> command = List.of(
                "node",
                script.toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(port),
                "--location",
                data.toString(),
                "--disableTelemetry",
                "--silent",
                // storage SDKs speak newer API versions than Azurite knows
                "--skipApiVersionCheck");
        Child azurite = crew.add(Child.start("Azurite", new ProcessBuilder(command), log));
        azurite.awaitPort(port, Duration.ofSeconds(60));
        return azurite;
    }
}
