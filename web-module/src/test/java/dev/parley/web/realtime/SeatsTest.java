package dev.parley.web.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeatsTest {

    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private int connected;

    private Seats seats(Instant now) {
        return new Seats(userId -> userId.equals(ALICE) ? connected : 0, Clock.fixed(now, ZoneOffset.UTC), 10);
    }

    @Test
    void counts_those_who_are_connected_and_those_on_their_way() {
        Seats seats = seats(NOW);
        connected = 8;

        assertThat(seats.reserve(ALICE, "a9")).isTrue();
        assertThat(seats.reserve(ALICE, "a10")).isTrue();
        assertThat(seats.reserve(ALICE, "a11")).isFalse();
        assertThat(seats.reserve(BOB, "b1")).isTrue();

        connected = 9;
        seats.taken(ALICE, "a9");
        assertThat(seats.reserve(ALICE, "a11")).isFalse();
        connected = 8;
        assertThat(seats.reserve(ALICE, "a11")).isTrue();
    }

    @Test
    void never_lets_eleven_in_at_once() {
        Seats seats = seats(NOW);

        long in = IntStream.range(0, 100)
                .parallel()
                .filter(i -> seats.reserve(ALICE, "a" + i))
                .count();

        assertThat(in).isEqualTo(10);
    }

    @Test
    void a_socket_that_never_connected_does_not_keep_its_seat() {
        Instant[] now = {NOW};
        Seats seats = new Seats(
                userId -> 0,
                new Clock() {
                    @Override
                    public java.time.ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now[0];
                    }
                },
                1);
        assertThat(seats.reserve(ALICE, "a1")).isTrue();
        assertThat(seats.reserve(ALICE, "a2")).isFalse();

        now[0] = NOW.plus(Duration.ofSeconds(15));

        assertThat(seats.reserve(ALICE, "a2")).isTrue();
    }
}
