package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.web.realtime.CallPayloads.Candidate;
import dev.parley.web.realtime.CallPayloads.Description;
import dev.parley.web.realtime.CallPayloads.Signal;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is passed on from leg to leg is small, and looks like what it says it is. */
class CallPayloadsTest {

    private static final String SDP = """
            v=0
            o=- 1 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=fingerprint:sha-256 AB:CD
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            """;

    private final CarriedLegs legs = new CarriedLegs();

    @Test
    void a_description_of_twenty_kilobytes_passes_and_a_byte_more_does_not() {
        String longest = SDP + "a=x:" + "x".repeat(20 * 1024 - SDP.length() - 4);

        assertThat(new Description("offer", longest).sdp()).isEqualTo(longest);
        assertRefused(Code.TOO_LARGE, () -> new Description("offer", longest + "x"));
        // bytes count, not characters
        assertRefused(Code.TOO_LARGE, () -> new Description("offer", longest.substring(0, longest.length() - 1) + "é"));
    }

    @Test
    void where_everything_takes_a_relay_no_other_way_and_no_address_is_passed_on() {
        var relay = "candidate:3 1 udp 41 203.0.113.9 49152 typ relay raddr 198.51.100.7 rport 6000 generation 0";
        var offer = new Description("offer", SDP + """
                c=IN IP4 192.0.2.1
                a=candidate:1 1 udp 1 192.0.2.1 9 typ host
                a=candidate:2 1 udp 1 198.51.100.7 9 typ srflx raddr 192.0.2.1 rport 9
                a=%s
                a=end-of-candidates
                """.formatted(relay));

        assertThat(offer.byRelay().sdp())
                .doesNotContain("192.0.2.1", "198.51.100.7")
                .contains(
                        "c=IN IP4 0.0.0.0\r\n",
                        "a=candidate:3 1 udp 41 203.0.113.9 49152 typ relay raddr 0.0.0.0 rport 0 generation 0\r\n",
                        "a=end-of-candidates\r\n",
                        "a=fingerprint:sha-256 AB:CD\r\n");
        assertThat(new Candidate(relay, "0", 0, "u").byRelay()).hasValueSatisfying(passed -> {
            assertThat(passed.candidate()).contains("typ relay raddr 0.0.0.0 rport 0 generation 0");
            assertThat(passed.sdpMid()).isEqualTo("0");
        });
        assertThat(new Candidate("", "0", 0, "u").byRelay()).isPresent();
        for (String past : new String[] {
            "candidate:1 1 udp 1 192.0.2.1 9 typ host",
            "candidate:1 1 udp 1 192.0.2.1 9 typ host typ relay",
            "candidate:1 1 udp 1 192.0.2.1 9 typ srflx raddr 10.0.0.1 rport 9 typ relay",
            "candidate:typ relay"
        }) {
            assertThat(new Candidate(past, "0", 0, "u").byRelay()).as(past).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback", "pranswer", "OFFER", ""})
    void a_description_is_an_offer_or_an_answer(String type) {
        assertRefused(Code.INVALID, () -> new Description(type, SDP));
    }

    @Test
    void what_describes_no_media_or_too_many_or_is_not_secured_is_refused() {
        assertRefused(Code.INVALID, () -> new Description("offer", "hello"));
        assertRefused(Code.INVALID, () -> new Description("offer", "v=0\r\na=fingerprint:sha-256 AB\r\n"));
        assertRefused(Code.INVALID, () -> new Description("offer", SDP + "m=audio 9 UDP 0\r\n".repeat(32)));
        assertRefused(Code.INVALID, () -> new Description("offer", SDP.replace("a=fingerprint:", "a=print:")));
    }

    @Test
    void a_candidate_is_short_and_one_or_the_end_of_them() {
        assertThatCode(() -> new Candidate("", "0", 0, null)).doesNotThrowAnyException();
        assertThatCode(() -> new Candidate("candidate:1 1 udp 1 127.0.0.1 9 typ host", "0", 0, "u"))
                .doesNotThrowAnyException();
        assertRefused(Code.INVALID, () -> new Candidate("a=candidate:1", "0", 0, null));
        assertRefused(Code.TOO_LARGE, () -> new Candidate("candidate:" + "1".repeat(1015), null, 0, null));
        assertRefused(Code.TOO_LARGE, () -> new Candidate("candidate:1", "m".repeat(1024), 0, null));
    }

    @Test
    void a_signal_says_one_thing() {
        var offer = new Description("offer", SDP);
        var end = new Candidate("", "0", 0, null);
        var call = UUID.randomUUID();
        var leg = UUID.randomUUID();

        assertThatCode(() -> new Signal(call, leg, 0L, offer, null, null)).doesNotThrowAnyException();
        assertThatCode(() -> new Signal(call, leg, 0L, null, null, true)).doesNotThrowAnyException();
        assertRefused(Code.INVALID, () -> new Signal(call, leg, 0L, offer, end, null));
        assertRefused(Code.INVALID, () -> new Signal(call, leg, 0L, null, null, null));
        assertRefused(Code.INVALID, () -> new Signal(call, leg, 0L, null, null, false));
        assertRefused(Code.INVALID, () -> new Signal(call, leg, -1L, offer, null, null));
    }

    @Test
    void a_leg_sends_a_hundred_candidates_to_each_other_one_until_it_describes_itself_anew() {
        var ann = UUID.randomUUID();
        var ben = UUID.randomUUID();
        for (int candidate = 0; candidate < 100; candidate++) {
            legs.countCandidate(ann);
            legs.countCandidate(ben);
        }

        assertRefused(Code.RATE_LIMITED, () -> legs.countCandidate(ann));
        legs.forgetCandidates(ann);

        assertThatCode(() -> legs.countCandidate(ann)).doesNotThrowAnyException();
        assertRefused(Code.RATE_LIMITED, () -> legs.countCandidate(ben));
    }

    private static void assertRefused(Code code, ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
