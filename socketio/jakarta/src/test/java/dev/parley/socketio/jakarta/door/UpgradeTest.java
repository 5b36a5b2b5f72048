package dev.parley.socketio.jakarta.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socketio.testkit.Peer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeTest {

    private TestDoor door;

    @BeforeAll
    void open() {
        door = new TestDoor(options -> options.upgradeTimeout(Duration.ofSeconds(1)));
    }

    @AfterAll
    void close() throws Exception {
        door.close();
    }

    @Test
    void moves_to_a_web_socket_and_carries_over_what_was_sent_meanwhile() throws Exception {
        var session = connected();
        var pending = session.pollLater();
        Thread.sleep(200); // so that it pends

        var frames = session.upgrade().send("2probe");
        assertThat(frames.next()).isEqualTo("3probe");
        assertThat(pending.get(5, TimeUnit.SECONDS).body()).isEqualTo("6");
        assertThat(session.poll().body()).isEqualTo("6");
        session.push("42[\"message\",1]\u001e42[\"message\",2]");
        frames.send("5");
        assertThat(frames.next()).isEqualTo("42[\"message-back\",1]");
        assertThat(frames.next()).isEqualTo("42[\"message-back\",2]");
        frames.send("42[\"message\",3]");

        assertThat(frames.next()).isEqualTo("42[\"message-back\",3]");
    }

    @RepeatedTest(5)
    void refuses_polling_after_the_upgrade_even_when_the_request_overtakes_it() {
        var session = connected();
        var frames = session.upgrade().send("2probe");
        assertThat(frames.next()).isEqualTo("3probe");

        frames.send("5");
        var late = session.poll();

        assertThat(late.statusCode()).isEqualTo(400);
        assertThat(late.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(frames.send("42[\"message\",1]").next()).isEqualTo("42[\"message-back\",1]");
    }

    @Test
    void closes_a_second_web_socket() {
        var session = connected();
        var first = session.upgrade().send("2probe");
        assertThat(first.next()).isEqualTo("3probe");
        first.send("5");

        var second = session.upgrade();

        assertThat(second.closeCode()).isPositive();
        assertThat(first.send("42[\"message\",1]").next()).isEqualTo("42[\"message-back\",1]");
    }

    @Test
    void stays_on_polling_when_the_probe_is_wrong() {
        var session = connected();

        var frames = session.upgrade().send("2wrong");

        assertThat(frames.closeCode()).isPositive();
        session.push("42[\"message\",1]");
        assertThat(session.poll().body()).isEqualTo("42[\"message-back\",1]");
    }

    @Test
    void stays_on_polling_when_the_web_socket_is_lost_before_the_upgrade() {
        var session = connected();
        var frames = session.upgrade().send("2probe");
        assertThat(frames.next()).isEqualTo("3probe");
        session.push("42[\"message\",1]");

        frames.abort();

        var body = session.poll().body();
        assertThat(body.equals("6") ? session.poll().body() : body).isEqualTo("42[\"message-back\",1]");
    }

    @Test
    void gives_up_an_upgrade_that_takes_too_long() {
        var session = connected();
        var frames = session.upgrade().send("2probe");
        assertThat(frames.next()).isEqualTo("3probe");

        assertThat(frames.closeCode()).isPositive();
        session.push("42[\"message\",1]");
        assertThat(session.poll().body()).isEqualTo("42[\"message-back\",1]");
    }

    private Peer.Polling connected() {
        var session = door.peer().polling();
        session.push("40");
        var greeting = session.poll().body();
        if (!greeting.contains("auth")) {
            session.poll();
        }
        return session;
    }
}
