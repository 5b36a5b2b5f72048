package dev.parley.web.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.calls.CallKind;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What clients say about calls, checked. */
final class CallPayloads {

    private CallPayloads() {}

    /** @param ring whether everybody in a room is rung; left out: unless they are too many */
    record Start(UUID roomId, CallKind kind, @Nullable Boolean ring) {
        Start {
            require(roomId, "roomId");
            require(kind, "kind");
        }
    }

    record About(UUID callId) {
        About {
            require(callId, "callId");
        }
    }

    /**
     * @param audio left out: yes
     * @param video left out: no
     * @param legId the leg this device had before its connection broke
     * @param roomId with the leg and the kind: of a call that goes on even if no server knows of it any more
     */
    record Enter(
            UUID callId,
            @Nullable Boolean audio,
            @Nullable Boolean video,
            @Nullable UUID legId,
            @Nullable UUID roomId,
            @Nullable CallKind kind) {
        Enter {
            require(callId, "callId");
            if ((roomId == null) != (kind == null) || (roomId != null && legId == null)) {
                throw Problem.invalid("'roomId' and 'kind' come together, and with 'legId'.");
            }
        }

        boolean withAudio() {
            return audio == null || audio;
        }

        boolean withVideo() {
            return video != null && video;
        }
    }

    /** @param reason declined or busy; left out: declined */
    record Decline(UUID callId, @Nullable String reason) {
        Decline {
            require(callId, "callId");
            if (reason != null && !reason.equals("declined") && !reason.equals("busy")) {
                throw Problem.invalid("'reason' is declined or busy.");
            }
        }

        boolean busy() {
            return "busy".equals(reason);
        }
    }

    record Media(
            UUID callId,
            Boolean audio,
            Boolean video,
            @Nullable Boolean screen) {
        Media {
            require(callId, "callId");
            require(audio, "audio");
            require(video, "video");
        }

        boolean withScreen() {
            return screen != null && screen;
        }
    }

    record Renew(UUID callId, @Nullable UUID legId) {
        Renew {
            require(callId, "callId");
        }
    }

    /** @param reason hangup or failed (no media path); left out: hangup */
    record Leave(
            UUID callId, @Nullable UUID legId, @Nullable String reason) {
        Leave {
            require(callId, "callId");
            if (reason != null && !reason.equals("hangup") && !reason.equals("failed")) {
                throw Problem.invalid("'reason' is hangup or failed.");
            }
        }

        boolean failed() {
            return "failed".equals(reason);
        }
    }

    record Report(UUID callId, UUID legId, JsonNode stats) {
        Report {
            require(callId, "callId");
            require(legId, "legId");
            require(stats, "stats");
            if (!stats.isObject()) {
                throw Problem.invalid("'stats' is an object.");
            }
        }
    }

    /**
     * One half of a negotiation, one candidate, or the wish for a new offer. What is no known part of it is not passed on.
     *
     * @param epoch counts the connections that two legs have tried
     * @param restart true, or left out
     */
    record Signal(
            UUID callId,
            UUID toLegId,
            Long epoch,
            @Nullable Description description,
            @Nullable Candidate candidate,
            @Nullable Boolean restart) {

        Signal {
            require(callId, "callId");
            require(toLegId, "toLegId");
            require(epoch, "epoch");
            if (epoch < 0) {
                throw Problem.invalid("'epoch' is not negative.");
            }
            int parts = (description == null ? 0 : 1) + (candidate == null ? 0 : 1) + (restart == null ? 0 : 1);
            if (parts != 1 || Boolean.FALSE.equals(restart)) {
                throw Problem.invalid("A signal has either a description or a candidate, or asks to restart.");
            }
        }
    }

    /** A session description (RFC 8866), looked at no closer than a relay should. */
    record Description(String type, String sdp) {

        private static final int LIMIT = 20 * 1024;
        private static final int MEDIA = 32;
        private static final String ATTRIBUTE = "a=candidate:";

        Description {
            require(type, "description.type");
            require(sdp, "description.sdp");
            if (!type.equals("offer") && !type.equals("answer")) {
                throw Problem.invalid("'description.type' is offer or answer.");
            }
            int length = sdp.getBytes(StandardCharsets.UTF_8).length;
            if (length > LIMIT) {
                throw Problem.of(
                        Code.TOO_LARGE,
                        "A description has " + LIMIT + " bytes at most, not " + length + ".",
                        Map.of("limit", LIMIT));
            }
            long media = sdp.lines().filter(line -> line.startsWith("m=")).count();
            if (!sdp.startsWith("v=0") || media < 1 || media > MEDIA) {
                throw Problem.invalid("'description.sdp' describes no media.");
            }
            // without it there is no DTLS, and nothing that a browser would send (RFC 8827, section 6.5)
            if (sdp.lines().noneMatch(line -> line.startsWith("a=fingerprint:"))) {
                throw Problem.invalid("'description.sdp' has no fingerprint.");
            }
        }

        /** The same without the ways past a relay, and without the addresses that stand where none is needed. */
        Description byRelay() {
            var kept = sdp.lines()
                    .filter(line -> !line.startsWith(ATTRIBUTE) || Candidate.leadsToRelay(line))
                    .map(line -> line.startsWith(ATTRIBUTE) ? Candidate.withoutOrigin(line) : line)
                    .map(line -> line.startsWith("c=IN IP4 ") ? "c=IN IP4 0.0.0.0" : line)
                    .map(line -> line.startsWith("c=IN IP6 ") ? "c=IN IP6 ::" : line)
                    .collect(Collectors.joining("\r\n", "", "\r\n"));
            return new Description(type, kept);
        }

        @Override
        public String toString() {
            return type + " of " + sdp.length() + " characters";
        }
    }

    /** @param candidate the attribute's value, or empty for the end of a generation */
    record Candidate(
            String candidate,
            @Nullable String sdpMid,
            @Nullable Integer sdpMLineIndex,
            @Nullable String usernameFragment) {

        private static final int LIMIT = 1024;
        private static final Pattern ORIGIN = Pattern.compile(" raddr \\S+ rport \\S+");

        Candidate {
            require(candidate, "candidate.candidate");
            int length = candidate.length() + lengthOf(sdpMid) + lengthOf(usernameFragment);
            if (length > LIMIT) {
                throw Problem.of(
                        Code.TOO_LARGE,
                        "A candidate has " + LIMIT + " characters at most, not " + length + ".",
                        Map.of("limit", LIMIT));
            }
            if (!candidate.isEmpty() && !candidate.startsWith("candidate:")) {
                throw Problem.invalid("'candidate.candidate' is not a candidate.");
            }
        }

        /** The same as it may go where everything takes a relay; empty when it leads past it. */
        Optional<Candidate> byRelay() {
            if (candidate.isEmpty()) {
                return Optional.of(this); // the end of them
            }
            return leadsToRelay(candidate)
                    ? Optional.of(new Candidate(withoutOrigin(candidate), sdpMid, sdpMLineIndex, usernameFragment))
                    : Optional.empty();
        }

        /** The type is behind the sixth blank (RFC 8839, section 5.1); what stands elsewhere only looks like it. */
        private static boolean leadsToRelay(String candidate) {
            var parts = candidate.split(" ", -1);
            return parts.length > 7 && parts[6].equals("typ") && parts[7].equals("relay");
        }

        /** A relay's candidate names the address that the relay sees, too; RFC 8839 lets it be hidden just so. */
        private static String withoutOrigin(String candidate) {
            return ORIGIN.matcher(candidate).replaceAll(" raddr 0.0.0.0 rport 0");
        }

        private static int lengthOf(@Nullable String text) {
            return text == null ? 0 : text.length();
        }

        @Override
        public String toString() {
            return "candidate of " + candidate.length() + " characters";
        }
    }

    private static void require(@Nullable Object value, String name) {
        if (value == null) {
            throw Problem.invalid("'" + name + "' is missing.");
        }
    }
}
