package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Frames;
import dev.parley.socketio.testkit.Peer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a server says of its own accord: refusals, questions, goodbyes, broadcasts. */
@Conformance
class ServerPacketsIT {

    private final Peer peer = Server.at("/rules/");

    @Test
    void a_middlewares_error_is_told_with_its_data_and_what_follows_closes() {
        var frames = peer.webSocket().answeringPings();

        assertThat(frames.send("40/deny,").next())
                .isEqualTo("44/deny,{\"message\":\"not allowed\",\"data\":{\"code\":42}}");
        frames.send("42/deny,[\"message\"]");

        assertThat(frames.closeCode()).isPositive();
    }

    @Test
    void what_a_middleware_emits_goes_out_before_the_answer() {
        var frames = peer.webSocket().answeringPings().send("40/early,");

        assertThat(frames.next()).isEqualTo("42/early,[\"early\"]");
        assertThat(frames.next()).startsWith("40/early,{\"sid\":");
    }

    @Test
    void questions_are_numbered_on_in_each_namespace_and_answers_find_them_in_any_order() {
        var frames = connected();

        long first = number(frames.send("42[\"ask\",\"a\"]").next(), "a");
        long second = number(frames.send("42[\"ask\",\"b\"]").next(), "b");

        assertThat(second).isEqualTo(first + 1);
        assertThat(frames.send("43" + second + "[1,{\"c\":2}]").next()).isEqualTo("42[\"answered\",1,{\"c\":2}]");
        assertThat(frames.send("43" + first + "[]").next()).isEqualTo("42[\"answered\"]");
    }

    @Test
    void a_second_acknowledgement_is_ignored() {
        var frames = connected();
        long asked = number(frames.send("42[\"ask\",\"a\"]").next(), "a");

        assertThat(frames.send("43" + asked + "[1]").next()).isEqualTo("42[\"answered\",1]");
        frames.send("43" + asked + "[2]").send("42[\"ask\",\"b\"]");

        assertThat(number(frames.next(), "b")).isEqualTo(asked + 1);
    }

    private static long number(String question, String argument) {
        var match =
                Pattern.compile("42(\\d+)\\[\"question\",\"" + argument + "\"]").matcher(question);
        assertThat(match.matches()).as(question).isTrue();
        return Long.parseLong(match.group(1));
    }

    @Test
    void a_socket_that_is_put_out_of_its_namespace_is_told_and_may_come_back() {
        var frames = connected();

        assertThat(frames.send("42[\"leave\"]").next()).isEqualTo("41");

        assertThat(frames.send("40").next()).startsWith("40{\"sid\":");
    }

    @Test
    void a_client_that_is_thrown_out_is_told_and_closed() {
        var frames = connected();

        assertThat(frames.send("42[\"kick\"]").next()).isEqualTo("41");

        assertThat(frames.closeCode()).isPositive();
    }

    @Test
    void a_polling_client_that_is_thrown_out_hears_it_in_two_responses() {
        var session = peer.polling();
        session.push("40");
        assertThat(session.poll().body()).startsWith("40{");

        session.push("42[\"kick\"]");

        assertThat(session.poll().body()).isEqualTo("41");
        assertThat(session.poll().body()).isEqualTo("6\u001e1");
        assertThat(session.poll().body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void a_broadcast_reaches_the_room_once_and_its_order_holds() {
        var first = inRoom();
        var second = inRoom();

        for (int i = 0; i < 50; i++) {
            first.send("42/room,[\"say\"," + i + "]");
        }
        for (int i = 0; i < 50; i++) {
            assertThat(first.next()).isEqualTo("42/room,[\"said\"," + i + "]");
            assertThat(second.next()).isEqualTo("42/room,[\"said\"," + i + "]");
        }
        second.send("42/room,[\"tell\",\"others\"]").send("42/room,[\"say\",\"all\"]");

        assertThat(second.next()).isEqualTo("42/room,[\"said\",\"all\"]");
        assertThat(first.next()).isEqualTo("42/room,[\"told\",\"others\"]");
    }

    private Frames inRoom() {
        var frames = peer.webSocket().answeringPings();
        assertThat(frames.send("40/room,").next()).startsWith("40/room,{");
        return frames;
    }

    private Frames connected() {
        var frames = peer.webSocket().answeringPings();
        assertThat(frames.send("40").next()).startsWith("40{");
        return frames;
    }
}
