package dev.parley.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a server says of its own accord: refusals, questions, goodbyes, broadcasts. */
@Conformance
class ServerPacketsIT {

    private final Peer peer = Server.at("/rules/");

    @Test
    void a_middlewares_error_is_told_with_its_data_and_what_follows_closes() {
        var frames = peer.open().answeringPings();

        assertThat(frames.send("40/deny,").next())
                .isEqualTo("44/deny,{\"message\":\"not allowed\",\"data\":{\"code\":42}}");
        frames.send("42/deny,[\"message\"]");

        assertThat(frames.closeCode()).isPositive();
    }

    @Test
    void what_a_middleware_emits_goes_out_before_the_answer() {
        var frames = peer.open().answeringPings().send("40/early,");

        assertThat(frames.next()).isEqualTo("42/early,[\"early\"]");
        assertThat(frames.next()).startsWith("40/early,{\"sid\":");
    }

    @Test
    void acknowledgements_are_numbered_from_zero_in_each_namespace() {
        var frames = connected();

        assertThat(frames.send("42[\"ask\",\"a\"]").next()).isEqualTo("420[\"question\",\"a\"]");
        assertThat(frames.send("42[\"ask\",\"b\"]").next()).isEqualTo("421[\"question\",\"b\"]");
        assertThat(frames.send("431[1,{\"c\":2}]").next()).isEqualTo("42[\"answered\",1,{\"c\":2}]");
        assertThat(frames.send("430[]").next()).isEqualTo("42[\"answered\"]");
    }

    @Test
    void a_second_acknowledgement_is_ignored() {
        var frames = connected();
        frames.send("42[\"ask\"]").next();

        assertThat(frames.send("430[1]").next()).isEqualTo("42[\"answered\",1]");
        frames.send("430[2]").send("42[\"ask\"]");

        assertThat(frames.next()).isEqualTo("421[\"question\"]");
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
        var frames = peer.open().answeringPings();
        assertThat(frames.send("40/room,").next()).startsWith("40/room,{");
        return frames;
    }

    private Frames connected() {
        var frames = peer.open().answeringPings();
        assertThat(frames.send("40").next()).startsWith("40{");
        return frames;
    }
}
