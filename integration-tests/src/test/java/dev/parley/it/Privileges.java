package dev.parley.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What this process may do of what {@code journeys/lab/network.ts} does: make network namespaces, and addresses, routes and filters in
 * them.
 *
 * @param effective the bits of {@code CapEff} in {@code /proc/self/status}
 */
record Privileges(long effective) {

    private static final Pattern EFFECTIVE = Pattern.compile("^CapEff:\\s*([0-9a-f]{1,16})$", Pattern.MULTILINE);

    /** By their numbers in {@code linux/capability.h}. */
    private enum Capability {
        CAP_NET_ADMIN(12),
        CAP_SYS_ADMIN(21);

        private final int number;

        Capability(int number) {
            this.number = number;
        }
    }

    static Privileges ofThisProcess() throws IOException {
        try {
            return read(Files.readString(Path.of("/proc/self/status")));
        } catch (NoSuchFileException notLinux) {
            throw new AssertionError("The network laboratory cannot be built: it needs Linux with network namespaces.");
        }
    }

    static Privileges read(String status) {
        Matcher found = EFFECTIVE.matcher(status);
        if (!found.find()) {
            throw new AssertionError("/proc/self/status says nothing of capabilities: " + status);
        }
        return new Privileges(Long.parseUnsignedLong(found.group(1), 16));
    }

    /** A laboratory that cannot be built must not look like calls that work, nor be found out after minutes. */
    void demand() {
        List<String> missing = Stream.of(Capability.values())
                .filter(capability -> (effective & 1L << capability.number) == 0)
                .map(Capability::name)
                .toList();
        if (!missing.isEmpty()) {
            throw new AssertionError("The network laboratory cannot be built: this process has no "
                    + String.join(" and no ", missing)
                    + ". Run the build as root; in a container, give it these rights (docker run --privileged).");
        }
    }
}
