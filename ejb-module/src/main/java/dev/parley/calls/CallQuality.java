package dev.parley.calls;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a device measured of a call, as far as this server counts it. A device may say what it likes: words are taken from lists, and
 * figures out of their range are left out, so that no client makes up names of metrics or moves a sum out of sight.
 *
 * @param setupMs from the answer to the first picture or, where there is none, the first sound; null when there never was one
 * @param end the reason, or {@code other}
 * @param failure why no path was found: a word of the contract, or {@code other}; null when nothing failed
 */
public record CallQuality(
        @Nullable Long setupMs, String end, @Nullable String failure, List<Link> links) {

    /** The most legs that count; a call has eight. */
    private static final int LINKS = 32;

    private static final long LONGEST_SETUP_MS = 120_000;
    private static final long LONGEST_RTT_MS = 60_000;
    private static final int MOST_FREEZES = 100_000;
    private static final Set<String> ENDS = Set.of("hangup", "declined", "busy", "missed", "failed", "lost", "moved");
    private static final Set<String> FAILURES =
            Set.of("peer-silent", "relay-refused", "relay-unreachable", "no-relay", "no-path");
    private static final Set<String> PATHS = Set.of("host", "srflx", "relay");
    private static final Set<String> PROTOCOLS = Set.of("udp", "tcp", "tls");
    private static final Set<String> RUNGS = Set.of("720p", "360p", "180p", "audio");
    private static final String OTHER = "other";

    /**
     * The path to one other device.
     *
     * @param path the less direct of its two ends: {@code host}, {@code srflx}, {@code relay}, or {@code other}
     * @param protocol {@code udp}, {@code tcp} or {@code tls} to the relay, or {@code other}
     * @param rttMs 95 % were shorter
     * @param loss of what arrived here, 0 to 1; 95 % of the time it was less
     * @param concealment share of the sound that was made up, 0 to 1
     * @param lowestRung the least that was sent of a picture: {@code 720p}, {@code 360p}, {@code 180p}, {@code audio}, or {@code other}
     */
    public record Link(
            String path,
            String protocol,
            @Nullable Long rttMs,
            @Nullable Double loss,
            int freezes,
            @Nullable Double concealment,
            String lowestRung) {

        private static Link of(JsonNode stats) {
            JsonNode path = stats.path("path");
            return new Link(
                    farther(path.path("local").asText(), path.path("remote").asText()),
                    oneOf(PROTOCOLS, path.path("protocol")),
                    whole(stats.path("rttMs").path("p95"), LONGEST_RTT_MS),
                    share(stats.path("lossIn").path("p95")),
                    Math.clamp(stats.path("freezes").asLong(), 0, MOST_FREEZES),
                    share(stats.path("concealment")),
                    oneOf(RUNGS, stats.path("lowestRung")));
        }

        private static String farther(String one, String other) {
            if (!PATHS.contains(one) || !PATHS.contains(other)) {
                return OTHER;
            }
            if (one.equals("relay") || other.equals("relay")) {
                return "relay";
            }
            return one.equals("srflx") || other.equals("srflx") ? "srflx" : "host";
        }
    }

    /** @param stats of a report, see {@code call_report} in the contract */
    static CallQuality of(JsonNode stats) {
        var links = new ArrayList<Link>();
        for (JsonNode link : stats.path("links")) {
            if (links.size() < LINKS && link.path("path").isObject()) {
                links.add(Link.of(link));
            }
        }
        return new CallQuality(
                whole(stats.path("setupMs"), LONGEST_SETUP_MS),
                oneOf(ENDS, stats.path("end")),
                stats.hasNonNull("failure") ? oneOf(FAILURES, stats.path("failure")) : null,
                List.copyOf(links));
    }

    /** The kinds of paths that were found before it failed, each once; of people or their addresses nothing. */
    String paths() {
        var kinds = new TreeSet<String>();
        links.forEach(link -> kinds.add(link.path()));
        return kinds.isEmpty() ? "none" : String.join(", ", kinds);
    }

    private static String oneOf(Set<String> words, JsonNode node) {
        return words.contains(node.asText()) ? node.asText() : OTHER;
    }

    private static @Nullable Long whole(JsonNode node, long most) {
        if (!node.isNumber() || !(node.asDouble() >= 0 && node.asDouble() <= most)) {
            return null;
        }
        return Math.round(node.asDouble());
    }

    private static @Nullable Double share(JsonNode node) {
        return node.isNumber() && node.asDouble() >= 0 && node.asDouble() <= 1 ? node.asDouble() : null;
    }
}
