package dev.parley.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A WebSocket that brings more than its session can take at the moment. */
class SocketInputTest {

    private static final String LARGE = "4" + "x".repeat(SocketInput.HIGH / 4);

    private final List<Session> sessions = new ArrayList<>();
    private final FakeSocket socket = new FakeSocket();
    private int arrived;
    private final Engine engine =
            new Engine(EngineOptions.builder().build(), new ManualScheduler().timers(), Runnable::run, session -> {
                sessions.add(session);
                return new Listener();
            });
    private final WebSocketInbound input =
            FakeSocket.open(engine, FakeExchange.request("GET", "EIO=4", "transport=websocket"), socket);

    private Session session() {
        return sessions.getLast();
    }

    @Test
    void is_held_back_while_the_session_is_busy_and_goes_on_afterwards() {
        session().inside(() -> {
            for (int i = 0; i < 5; i++) {
                input.text(LARGE);
            }

            assertThat(arrived).isZero();
            assertThat(socket.isSuspended()).isTrue();
        });

        assertThat(arrived).isEqualTo(5);
        assertThat(socket.isSuspended()).isFalse();
    }

    @Test
    void is_held_back_again_when_it_still_brings_more() {
        session().inside(() -> {
            for (int i = 0; i < 5; i++) {
                input.binary(ByteBuffer.allocate(SocketInput.HIGH / 4));
            }
            socket.resumeReading(); // what was on its way, say

            input.text("4more");

            assertThat(socket.isSuspended()).isTrue();
        });

        assertThat(socket.isSuspended()).isFalse();
    }

    @Test
    void stays_held_back_when_the_application_wants_nothing() {
        session().inside(() -> {
            for (int i = 0; i < 5; i++) {
                input.text(LARGE);
            }
            session().suspendReading();
        });

        assertThat(arrived).isEqualTo(5);
        assertThat(socket.isSuspended()).isTrue();
        session().resumeReading();
        assertThat(socket.isSuspended()).isFalse();
    }

    @Test
    void is_never_held_back_by_a_session_that_keeps_up() {
        for (int i = 0; i < 5; i++) {
            input.text("4" + "x".repeat(SocketInput.HIGH - 1));
            assertThat(socket.isSuspended()).isFalse();
        }

        assertThat(arrived).isEqualTo(5);
    }

    private final class Listener implements SessionListener {

        @Override
        public void text(String message) {
            arrived++;
        }

        @Override
        public void binary(ByteBuffer message) {
            arrived++;
        }

        @Override
        public void closed(CloseReason reason) {
            // nothing to see
        }
    }
}
