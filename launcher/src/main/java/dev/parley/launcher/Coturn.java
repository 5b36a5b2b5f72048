package dev.parley.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A TURN server on loopback, where coturn is installed. */
public final class Coturn {

    /** Where it listens and the range that its relays use. */
    public record Ports(int listening, int firstRelay, int lastRelay) {}

    private Coturn() {}

    /** The {@code turnserver} program, if it is on the PATH or where Debian puts it. */
    public static Optional<Path> installed() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/usr/sbin";
        return Arrays.stream(path.split(":", -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "turnserver"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A secret for {@code static-auth-secret}, new each time. */
    public static String secret() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The two addresses, UDP first, that a browser tries. */
    public static String urls(int port) {
        return "turn:127.0.0.1:%d?transport=udp,turn:127.0.0.1:%d?transport=tcp".formatted(port, port);
    }

    /** It answers STUN as well (RFC 8489). */
    public static String stunUrl(int port) {
        return "stun:127.0.0.1:%d".formatted(port);
    }

    /**
     * Starts it and waits until it listens. Its relays are loopback addresses: good for browsers on this machine, and
     * nothing that anybody else can reach.
     *
     * @param crew who stops it
     * @param program see {@link #installed}
     * @param folder its configuration (with the secret, readable by the owner only), state and log
     */
    public static Child start(Crew crew, Path program, Path folder, Ports ports, String secret) {
        Folders.create(folder);
        Path configuration = folder.resolve("turnserver.conf");
        List<String> lines = List.of(
                "listening-ip=127.0.0.1",
                "relay-ip=127.0.0.1",
                "listening-port=" + ports.listening(),
                "min-port=" + ports.firstRelay(),
                "max-port=" + ports.lastRelay(),
                "realm=parley",
                "use-auth-secret",
                "static-auth-secret=" + secret,
                "fingerprint",
                "allow-loopback-peers",
                "no-multicast-peers",
                "no-cli",
                "no-tls",
                "no-dtls",
                "user-quota=12",
                "total-quota=200",
                "userdb=" + folder.resolve("turndb"),
                "pidfile=" + folder.resolve("turnserver.pid"),
                "log-file=stdout",
                "simple-log");
        try {
            Files.deleteIfExists(configuration);
            Files.createFile(
                    configuration, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(configuration, lines);
        } catch (IOException e) {
            throw new LaunchException("cannot write " + configuration + ": " + e.getMessage(), e);
        }
        ProcessBuilder command = new ProcessBuilder(program.toString(), "-c", configuration.toString());
        Child coturn = crew.add(Child.start("coturn", command, folder.resolve("turnserver.log")));
        coturn.awaitPort(ports.listening(), Duration.ofSeconds(15));
        return coturn;
    }
}
