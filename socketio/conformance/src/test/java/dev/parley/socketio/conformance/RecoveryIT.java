package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Frames;
import dev.parley.socketio.testkit.Peer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Clients that lose their connection and come back. */
@Conformance
class RecoveryIT {

    private static final Pattern CONNECTED = Pattern.compile("40\\{\"sid\":\"([\\w-]{20})\",\"pid\":\"([^\"]+)\"}");
    private static final Pattern SAID = Pattern.compile("42\\[\"said\",\"([^\"]+)\",\"([^\"]+)\"]");

    private final Peer peer = Server.at("/recovery/");

    private record Identity(String sid, String pid) {

        static Identity of(String connected) {
            var match = CONNECTED.matcher(connected);
            assertThat(match.matches()).as(connected).isTrue();
            return new Identity(match.group(1), match.group(2));
        }
    }

    @Test
    void who_comes_back_gets_what_it_missed_and_then_its_old_id() {
        var client = peer.webSocket().answeringPings();
        var identity = Identity.of(client.send("40").next());
        var friend = friend();
        friend.send("42[\"say\",\"before\"]");
        var offset = offset(client.next(), "before");

        client.abort();
        friend.send("42[\"say\",\"one\"]").send("42[\"say\",\"two\"]");
        offset(friend.next(), "before");
        offset(friend.next(), "one");
        offset(friend.next(), "two");
        var back = peer.webSocket().answeringPings();
        back.send("40{\"pid\":\"" + identity.pid() + "\",\"offset\":\"" + offset + "\"}");

        var first = offset(back.next(), "one");
        var second = offset(back.next(), "two");
        assertThat(Identity.of(back.next())).isEqualTo(identity);
        assertThat(first).isNotEqualTo(second).isNotEqualTo(offset);
        friend.send("42[\"say\",\"after\"]");
        offset(back.next(), "after");
    }

    @Test
    void who_has_received_nothing_yet_comes_back_too() {
        var client = peer.webSocket().answeringPings();
        var identity = Identity.of(client.send("40").next());
        client.abort();

        var back = peer.webSocket().answeringPings();
        back.send("40{\"pid\":\"" + identity.pid() + "\"}");

        assertThat(next40(back)).isEqualTo(identity);
    }

    @Test
    void an_unknown_pid_or_offset_begins_anew() {
        var client = peer.webSocket().answeringPings();
        var identity = Identity.of(client.send("40").next());
        client.abort();

        var unknown = Identity.of(peer.webSocket()
                .answeringPings()
                .send("40{\"pid\":\"nobody\",\"offset\":\"x\"}")
                .next());
        var wrong = Identity.of(peer.webSocket()
                .answeringPings()
                .send("40{\"pid\":\"" + identity.pid() + "\",\"offset\":\"nothing\"}")
                .next());

        assertThat(unknown.sid()).isNotEqualTo(identity.sid());
        assertThat(unknown.pid()).isNotEqualTo("nobody");
        assertThat(wrong.sid()).isNotEqualTo(identity.sid());
        assertThat(wrong.pid()).isNotEqualTo(identity.pid());
    }

    @Test
    void only_plain_events_carry_an_offset() {
        var client = peer.webSocket().answeringPings();
        client.send("40").next();

        assertThat(client.send("42[\"ask\",\"a\"]").next()).matches("42\\d+\\[\"question\",\"a\"]");
        assertThat(client.send("42[\"hint\",\"a\"]").next()).isEqualTo("42[\"hinted\",\"a\"]");
        assertThat(client.send("427[\"echo\",\"a\"]").next()).isEqualTo("437[\"a\"]");
    }

    @Test
    void with_attachments_the_offset_is_the_last_argument() {
        var client = peer.webSocket().answeringPings();
        client.send("40").next();

        client.send("451-[\"say\",{\"_placeholder\":true,\"num\":0}]").send(new byte[] {1, 2});

        assertThat(client.next()).matches("451-\\[\"said\",\\{\"_placeholder\":true,\"num\":0},\"[^\"]+\"]");
        assertThat(client.nextBinary()).containsExactly(1, 2);
    }

    @Test
    void who_left_or_was_put_out_begins_anew() {
        var left = peer.webSocket().answeringPings();
        var first = Identity.of(left.send("40").next());
        Identity.of(left.send("41").send("40").next());
        var out = peer.webSocket().answeringPings();
        var second = Identity.of(out.send("40").next());
        assertThat(out.send("42[\"leave\"]").next()).isEqualTo("41");

        for (var gone : new Identity[] {first, second}) {
            var back = Identity.of(peer.webSocket()
                    .answeringPings()
                    .send("40{\"pid\":\"" + gone.pid() + "\"}")
                    .next());

            assertThat(back.sid()).isNotEqualTo(gone.sid());
        }
    }

    private Frames friend() {
        var friend = peer.webSocket().answeringPings();
        friend.send("40").next();
        return friend;
    }

    /** Whatever others say in the same room may come before. */
    private static Identity next40(Frames frames) {
        var message = frames.next();
        while (!message.startsWith("40")) {
            message = frames.next();
        }
        return Identity.of(message);
    }

    private static String offset(String event, String expected) {
        var match = SAID.matcher(event);
        assertThat(match.matches()).as(event).isTrue();
        assertThat(match.group(1)).isEqualTo(expected);
        return match.group(2);
    }
}
