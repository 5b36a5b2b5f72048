package dev.parley.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * One provisioned server with one application and nothing beside it, in the foreground until somebody presses Ctrl-C. It runs in
 * Maven's JVM, whose shutdown hook waits until the server is gone.
 *
 * @param name what is running, as people call it
 * @param setup what to run
 * @param port where it listens on 127.0.0.1, and on ::1 where the machine has that
 */
public record Serve(String name, WildFly.Setup setup, int port) {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    /** Settings come as system properties {@code serve.*}: name, server, deployment, base and port. */
    public static void main(String[] arguments) {
        Properties given = System.getProperties();
        try {
            of(given, Preflight.found(Path.of(text(given, "parley.project")))).run(System.out);
        } catch (LaunchException e) {
            System.out.println();
            System.out.println("Stopped: " + e.getMessage());
            // ends Maven as well: its own report of a failed goal would bury the line above
            System.exit(1);
        }
    }

    private static Serve of(Properties given, Properties found) {
        int port = Integer.parseInt(text(given, "serve.port"));
        WildFly.Setup setup = new WildFly.Setup(
                Path.of(text(given, "serve.server")),
                Path.of(text(given, "serve.base")),
                Path.of(text(found, "jdk")),
                Path.of(text(given, "serve.deployment")),
                Map.of(),
                listeningOn(port),
                "512m");
        return new Serve(text(given, "serve.name"), setup, port);
    }

    /** The properties that make a server provisioned for this listen on that port of whatever {@code localhost} may be. */
    public static Map<String, String> listeningOn(int port) {
        Map<String, String> properties = new HashMap<>();
        properties.put("jboss.http.port", Integer.toString(port));
        if (hasLoopback6(port)) {
            properties.put("java.net.preferIPv4Stack", "false");
            properties.put("parley.address6", "::1");
            properties.put("parley.port6", Integer.toString(port));
        }
        return properties;
    }

    private static boolean hasLoopback6(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(loopback6()))) {
            return socket.isBound();
        } catch (UnknownHostException e) {
            throw new LaunchException("16 bytes are an address", e);
        } catch (IOException noSuchAddress) {
            return false;
        }
    }

    private static byte[] loopback6() {
        byte[] address = new byte[16];
        address[15] = 1;
        return address;
    }

    private void run(PrintStream out) {
        new Foreground(name, out).run(crew -> start(crew, out), name + " has stopped.");
    }

    private void start(Crew crew, PrintStream out) {
        out.println("Starting " + name + ". Its log is " + setup.log() + ".");
        WildFly wildfly = new WildFly(setup);
        Child server = wildfly.start(crew);
        wildfly.awaitDeployed(server, START_LIMIT);
        server.awaitPort(port, START_LIMIT);
        out.println();
        out.println("READY  " + name + " is at http://localhost:" + port + "/  (Ctrl-C stops it)");
        out.flush();
    }

    private static String text(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new LaunchException("the launcher was not told " + name);
        }
        return value;
    }
}
