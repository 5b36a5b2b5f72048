package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final MessageIds ids = new MessageIds(() -> now);

    @Test
    void are_in_the_order_of_time() {
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            made.add(ids.next());
            now = now.plusMillis(i % 3);
        }

        assertThat(made).extracting(UUID::toString).isSorted().doesNotHaveDuplicates();
        assertThat(made).allMatch(id -> id.version() == 7);
    }

    @Test
    void go_on_upwards_when_the_clock_is_set_back_an_hour() {
        UUID before = ids.next();
        now = now.minus(Duration.ofHours(1));
        UUID after = ids.next();
        now = now.plus(Duration.ofHours(2));
        UUID later = ids.next();

        assertThat(List.of(before, after, later)).extracting(UUID::toString).isSorted();
    }
}
