package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What went into a connection that its client has left must not be missing without anybody knowing. */
class WaitingGetTest {

    private static final List<Frame> NEWS = List.of(Frame.of(new Packet.Text("news")));

    private final TestBench bench = new TestBench(EngineOptions.builder());
    private String sid = "";

    @BeforeEach
    void open() {
        bench.get("");
        sid = bench.sessions.getLast().id();
    }

    private FakeExchange poll() {
        return serve(FakeExchange.get("EIO=4", "transport=polling", "sid=" + sid));
    }

    @Test
    void a_client_that_leaves_while_it_waits_ends_the_session() {
        var waiting = poll();

        waiting.leave();

        assertThat(bench.heard).containsExactly("closed TRANSPORT_ERROR");
        assertThat(poll().status()).isEqualTo(400);
    }

    @Test
    void a_client_that_leaves_before_all_is_written_ends_the_session() {
        var exchange =
                FakeExchange.get("EIO=4", "transport=polling", "sid=" + sid).unread();
        bench.engine.handle(exchange);
        bench.sessions.getLast().send(NEWS);

        exchange.leave();

        assertThat(bench.heard).containsExactly("closed TRANSPORT_ERROR");
    }

    @Test
    void a_client_that_leaves_once_it_was_answered_keeps_its_session() {
        var answered = poll();
        bench.sessions.getLast().send(NEWS);

        answered.leave();

        assertThat(bench.heard).isEmpty();
        bench.sessions.getLast().send(NEWS);
        assertThat(poll().text()).isEqualTo("4news");
    }

    @Test
    void the_one_that_left_is_not_taken_for_the_next_that_waits() {
        var answered = poll();
        bench.sessions.getLast().send(NEWS);
        var waiting = poll();

        answered.leave();
        bench.sessions.getLast().send(NEWS);

        assertThat(waiting.text()).isEqualTo("4news");
    }

    private FakeExchange poll(String name) {
        return serve(FakeExchange.get("EIO=4", "transport=polling", "sid=" + sid, "t=" + name));
    }

    private FakeExchange serve(FakeExchange exchange) {
        bench.engine.handle(exchange);
        return exchange;
    }

    @Test
    void a_get_that_comes_again_is_answered_as_before() {
        poll("a");
        bench.sessions.getLast().send(NEWS);

        assertThat(poll("a").text()).isEqualTo("4news");
        assertThat(poll("a").text()).isEqualTo("4news");
        assertThat(poll("b").isPending()).isTrue();
    }

    @Test
    void what_was_sent_meanwhile_goes_to_the_next_one() {
        poll("a");
        bench.sessions.getLast().send(NEWS);
        bench.sessions.getLast().send(List.of(Frame.of(new Packet.Text("more"))));

        assertThat(poll("a").text()).isEqualTo("4news");
        assertThat(poll("b").text()).isEqualTo("4more");
        assertThat(bench.heard).isEmpty();
    }

    @Test
    void gets_without_a_name_are_never_the_same() {
        poll();
        bench.sessions.getLast().send(NEWS);

        assertThat(poll().isPending()).isTrue();
    }

    @Test
    void a_get_that_comes_again_before_the_lost_connection_is_noticed_keeps_the_session() {
        var lost = serve(FakeExchange.get("EIO=4", "transport=polling", "sid=" + sid, "t=a")
                .unread());
        bench.sessions.getLast().send(NEWS);

        assertThat(poll("a").text()).isEqualTo("4news");
        lost.leave();
        bench.sessions.getLast().send(NEWS);

        assertThat(bench.heard).isEmpty();
        assertThat(poll("b").text()).isEqualTo("4news");
    }

    @Test
    void a_get_that_comes_again_while_it_waits_is_a_second_one() {
        poll("a");

        assertThat(poll("a").status()).isEqualTo(400);
        assertThat(bench.heard).containsExactly("closed TRANSPORT_ERROR");
    }
}
